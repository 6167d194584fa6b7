-- Removes a recurring job and its state.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:paused  4 recurring:last
-- ARGV  1 name  2 the SHA-1 of the definition it must still have ('': any)
-- Returns 1, or 0 if there was none such.
local definition = redis.call('HGET', KEYS[2], ARGV[1])
if not definition or (ARGV[2] ~= '' and redis.sha1hex(definition) ~= ARGV[2]) then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
return 1
