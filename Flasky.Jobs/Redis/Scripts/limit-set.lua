-- Sets a limit, or removes it, and lets the lanes that were held up look at the new one.
-- KEYS  1 any key of the queue
-- ARGV  1 what is limited: queue, job:<name>, key:<key>, key:<group>:* or key:*  2 the definition (see lib/rates.lua; '' = remove)
-- Returns 1, or 0 if there was nothing to remove.
-- @include queue
local changed = 1
if ARGV[2] == '' then
  changed = redis.call('HDEL', tag .. ':limits', ARGV[1])
else
  redis.call('HSET', tag .. ':limits', ARGV[1], ARGV[2])
end
-- Gates beyond these open within ten seconds by themselves.
for _, bucket in ipairs(redis.call('ZRANGE', tag .. ':gates', 0, 255)) do redis.call('ZADD', tag .. ':gates', 0, bucket) end
wake(16)
return changed
