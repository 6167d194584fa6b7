-- Pauses a queue: nothing of it is handed out until it is resumed.
-- KEYS  1 paused
-- ARGV  none
-- Returns 1, or 0 if it was paused already.
local t = redis.call('TIME')
return redis.call('SETNX', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000))
