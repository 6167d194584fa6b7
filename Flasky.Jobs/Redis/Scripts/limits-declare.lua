-- Writes the limits that code declares, at a start and again if Redis lost its data.
-- KEYS  1 limits
-- ARGV  1 whether the process starts (1), or only looks after them (0); then 2 values a limit: what is limited, definition
-- Returns the limits written. A field with an empty name marks that there were declared ones.
if ARGV[1] == '0' and redis.call('HEXISTS', KEYS[1], '') == 1 then return 0 end
redis.call('HSET', KEYS[1], '', '', unpack(ARGV, 2))
return (#ARGV - 1) / 2
