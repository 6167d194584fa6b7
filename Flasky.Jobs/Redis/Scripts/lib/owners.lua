-- Which of many deliveries are this consumer's: ARGV from the third on is 2 values a job, entry id and delivery.
-- Returns the entries that are, and those that are not.
local function sort_by_owner(stream, group, consumer)
  local owned = {}
  if #ARGV > 18 then
    -- Many at once: one look at all the caller holds is cheaper than one for each.
    for _, p in ipairs(redis.call('XPENDING', stream, group, '-', '+', 1000000, consumer)) do owned[p[1]] = p[4] end
  else
    for i = 3, #ARGV, 2 do
      local p = redis.call('XPENDING', stream, group, ARGV[i], ARGV[i], 1, consumer)[1]
      if p then owned[p[1]] = p[4] end
    end
  end
  local mine, others = {}, {}
  for i = 3, #ARGV, 2 do
    if owned[ARGV[i]] == tonumber(ARGV[i + 1]) then
      mine[#mine + 1] = ARGV[i]
    else
      others[#others + 1] = ARGV[i]
    end
  end
  return mine, others
end
