-- Notes that a worker lives, and forgets those that were silent for long.
-- KEYS  1 workers  2 workers:info  3 queues
-- ARGV  1 the worker's name  2 what is to be known of it (JSON; '' = it leaves)  3 ms of silence after which a worker is forgotten
--       4 ms both are kept when nobody is left  5 most queues to know; from 6 on the queues it serves
-- Returns now (ms).
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3], 'LIMIT', 0, 256)) do
  redis.call('ZREM', KEYS[1], name)
  redis.call('HDEL', KEYS[2], name)
end
if ARGV[2] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  return now
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
for i = 6, #ARGV do redis.call('ZADD', KEYS[3], now, ARGV[i]) end
redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - ARGV[5])
return now
