-- Adds or replaces a recurring job. What it is does not touch when it ticks, unless that changed.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:paused
-- ARGV  1 name  2 definition (JSON)  3 next tick (ms) if it is new or its schedule changed  4 bell channel
--       5 '1' if code declares it
-- Returns 1 if the next tick was set, else 0.
local old = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
-- Marks that declared schedules were written: missing after Redis lost its data.
if ARGV[5] == '1' then redis.call('HSET', KEYS[2], '', '1') end
if redis.call('SISMEMBER', KEYS[3], ARGV[1]) == 1 then return 0 end
if old and redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  local readable, was = pcall(cjson.decode, old)
  if readable and type(was) == 'table' and was.when == cjson.decode(ARGV[2]).when then return 0 end
end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
-- Schedulers sleep until what was the earliest tick.
if redis.call('ZRANGE', KEYS[1], 0, 0)[1] == ARGV[1] then redis.call('PUBLISH', ARGV[4], '') end
return 1
