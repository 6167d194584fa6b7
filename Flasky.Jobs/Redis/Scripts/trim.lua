-- Lets go of dead jobs: all but the newest so many, and those older than a time. At most 256 at once; call it again until it finds less.
-- KEYS  1 any key of the queue
-- ARGV  1 the number to keep ('' = any number)  2 ms since the failure after which they go ('' = any age)
-- Returns the number let go.
-- @include queue
-- @include jobs
-- @include report
-- @include dead
local excess = ARGV[1] ~= '' and redis.call('ZCARD', tag .. ':dead') - ARGV[1] or 0
if ARGV[2] ~= '' then excess = math.max(excess, redis.call('ZCOUNT', tag .. ':dead', '-inf', now() - ARGV[2])) end
return trim_dead(excess)
