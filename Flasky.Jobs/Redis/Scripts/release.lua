-- Hands jobs back unfinished, so that another worker takes them at once.
-- KEYS  1 the stream
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the number of jobs handed back.
-- @include queue
-- @include owners
-- @include release
local mine = sort_by_owner(KEYS[1], ARGV[1], ARGV[2])
local deliveries = {}
for i = 3, #ARGV, 2 do deliveries[ARGV[i]] = ARGV[i + 1] end
for _, entry in ipairs(mine) do release(KEYS[1], ARGV[1], entry, deliveries[entry]) end
wake(#mine, 'reap')
return #mine
