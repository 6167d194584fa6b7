-- Settles finished jobs: each leaves the stream, if the caller still owns that delivery of it.
-- KEYS  1 ready
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the entry ids that were not the caller's to settle (lease lost, or settled by an earlier try of this call).
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
local mine, refused = {}, {}
for i = 3, #ARGV, 2 do
  if owned[ARGV[i]] == tonumber(ARGV[i + 1]) then
    mine[#mine + 1] = ARGV[i]
  else
    refused[#refused + 1] = ARGV[i]
  end
end
if #mine > 0 then
  redis.call('XACK', KEYS[1], ARGV[1], unpack(mine))
  redis.call('XDEL', KEYS[1], unpack(mine))
end
return refused
