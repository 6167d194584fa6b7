-- Lets a paused recurring job tick again.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:paused
-- ARGV  1 name  2 the SHA-1 of the definition that the next tick was computed from  3 next tick (ms; '': none)  4 bell channel
-- Returns 1 (also if it is not paused), or 0 if it is gone or changed meanwhile.
local definition = redis.call('HGET', KEYS[2], ARGV[1])
if not definition or redis.sha1hex(definition) ~= ARGV[2] then return 0 end
if redis.call('SREM', KEYS[3], ARGV[1]) == 0 or ARGV[3] == '' then return 1 end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
if redis.call('ZRANGE', KEYS[1], 0, 0)[1] == ARGV[1] then redis.call('PUBLISH', ARGV[4], '') end
return 1
