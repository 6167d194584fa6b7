-- What is due, and when to look again.
-- KEYS  1 recurring  2 recurring:definitions
-- ARGV  1 most schedules to return
-- Returns {now (ms), ms until the next tick that is not due yet (-1: none), 1 if declared schedules were written,
--          {{name, tick (ms), definition, SHA-1 of the definition}, ...}}
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[1])
local found = {}
for i = 1, #due, 2 do
  local definition = redis.call('HGET', KEYS[2], due[i])
  if definition then
    found[#found + 1] = { due[i], due[i + 1], definition, redis.sha1hex(definition) }
  else
    redis.call('ZREM', KEYS[1], due[i])
  end
end
local next = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return { now, next[2] and math.max(0, next[2] - now) or -1, redis.call('HEXISTS', KEYS[2], ''), found }
