-- Settles finished jobs: each leaves the stream, if the caller still owns that delivery of it.
-- KEYS  1 the stream
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the entry ids that were not the caller's to settle (lease lost, or settled by an earlier try of this call).
-- @include owners
local mine, others = sort_by_owner(KEYS[1], ARGV[1], ARGV[2])
if #mine > 0 then
  redis.call('XACK', KEYS[1], ARGV[1], unpack(mine))
  redis.call('XDEL', KEYS[1], unpack(mine))
end
return others
