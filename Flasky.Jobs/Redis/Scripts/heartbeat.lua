-- Renews leases. Unchecked, XCLAIM would steal an entry back from its new owner, so ownership is looked up first.
-- KEYS  1 ready
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the entry ids whose lease is lost.
local owned = {}
if #ARGV > 18 then
  -- Many at once: one look at all the caller holds is cheaper than one for each.
  for _, p in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000000, ARGV[2])) do owned[p[1]] = p[4] end
else
  for i = 3, #ARGV, 2 do
    local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
    if p then owned[p[1]] = p[4] end
  end
end
local mine, lost = {}, {}
for i = 3, #ARGV, 2 do
  if owned[ARGV[i]] == tonumber(ARGV[i + 1]) then
    mine[#mine + 1] = ARGV[i]
  else
    lost[#lost + 1] = ARGV[i]
  end
end
if #mine > 0 then
  mine[#mine + 1] = 'JUSTID'
  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, unpack(mine))
end
return lost
