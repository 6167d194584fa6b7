-- Notes that a job begins to run, where that is of interest: it is tracked, or its unique key is free again from now on.
-- KEYS  1 the entry's stream
-- ARGV  1 group  2 consumer  3 entry id  4 delivery  5 id  6 ms its notes are kept after its end (0 = not tracked)  7 attempt
--       8 unique key to let go ('' = none)
-- Returns 1; 0 if the delivery is not the caller's; 2 if the job was cancelled since it was handed out: settle it as cancelled.
-- @include queue
-- @include owner
-- @include jobs
if not owns(KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) then return 0 end
if redis.call('ZSCORE', tag .. ':cancelled', ARGV[5]) then return 2 end
release_unique(ARGV[5], ARGV[8])
note(ARGV[5], ARGV[6], now(), 'running', ARGV[7], ARGV[2], '')
return 1
