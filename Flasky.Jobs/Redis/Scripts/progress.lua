-- Notes how far a running job is, and tells who watches it.
-- KEYS  1 the entry's stream
-- ARGV  1 group  2 consumer  3 entry id  4 delivery  5 id  6 progress (JSON)  7 whether the job is tracked (1 or 0)
-- Returns 1, or 0 if the delivery is not the caller's.
-- @include queue
-- @include owner
-- @include jobs
if not owns(KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) then return 0 end
local notes = tag .. ':job:' .. ARGV[5]
-- Notes that were forgotten in the meantime are not begun anew: they would have no TTL.
if ARGV[7] == '1' and redis.call('EXISTS', notes) == 1 then
  redis.call('HSET', notes, 'progress', ARGV[6])
  keep_notes(ARGV[5], unended, true)
end
redis.call('PUBLISH', tag .. ':events:' .. ARGV[5], 'progress ' .. ARGV[6])
return 1
