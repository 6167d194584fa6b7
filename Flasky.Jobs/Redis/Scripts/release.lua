-- Hands jobs back unfinished when a worker stops, so that another takes them at once. The delivery does not count
-- against the job: RETRYCOUNT puts the counter back to what it was before.
-- KEYS  1 the stream
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the number of jobs handed back.
-- @include queue
-- @include owners
local mine = sort_by_owner(KEYS[1], ARGV[1], ARGV[2])
local deliveries = {}
for i = 3, #ARGV, 2 do deliveries[ARGV[i]] = ARGV[i + 1] end
for _, entry in ipairs(mine) do
  -- A day of idleness: longer than any lease, so the next reaper finds it expired.
  redis.call('XCLAIM', KEYS[1], ARGV[1], '_released', 0, entry, 'IDLE', 86400000, 'RETRYCOUNT', deliveries[entry] - 1, 'JUSTID')
end
wake(#mine, 'reap')
return #mine
