-- Stops the ticks of a recurring job.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:paused
-- ARGV  1 name
-- Returns 1, or 0 if there is none such.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
return 1
