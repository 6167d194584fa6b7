-- What the server does when its memory is short. A script may ask INFO where the client's own command is reserved to administrators.
-- KEYS  1 any key of the queue
-- ARGV  none
-- Returns its maxmemory-policy, or '' if it does not tell.
local info = redis.pcall('INFO', 'memory')
return type(info) == 'string' and string.match(info, 'maxmemory_policy:(%S+)') or ''
