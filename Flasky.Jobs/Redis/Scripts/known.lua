-- Makes a queue known, so that people and tools find it without a worker.
-- KEYS  1 queues
-- ARGV  1 most queues to know; from 2 on the queues
-- Returns 1.
local t = redis.call('TIME')
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000), ARGV[i]) end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[1])
return 1
