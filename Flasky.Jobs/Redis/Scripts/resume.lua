-- Lets a paused queue go on, and wakes idle workers for what gathered.
-- KEYS  1 any key of the queue
-- ARGV  none
-- Returns 1, or 0 if it was not paused.
-- @include queue
if redis.call('DEL', tag .. ':paused') == 0 then return 0 end
local gathered = redis.call('ZCARD', tag .. ':waiting')
for _, stream in ipairs(ready_keys) do gathered = gathered + redis.call('XLEN', stream) end
-- 'reap': what a dead worker held was not taken over meanwhile either.
wake(math.min(gathered, 256), 'reap')
return 1
