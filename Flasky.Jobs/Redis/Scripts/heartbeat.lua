-- Renews leases. Unchecked, XCLAIM would steal an entry back from its new owner, so ownership is looked up first.
-- KEYS  1 the stream
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the entry ids whose lease is lost.
-- @include owners
local mine, others = sort_by_owner(KEYS[1], ARGV[1], ARGV[2])
if #mine > 0 then
  mine[#mine + 1] = 'JUSTID'
  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, unpack(mine))
end
return others
