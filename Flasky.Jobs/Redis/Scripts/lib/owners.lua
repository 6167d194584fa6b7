-- Which of many deliveries are this consumer's: ARGV from the third on is 2 values a job, entry id and delivery.
-- Returns the entries that are, and those that are not.
local function sort_by_owner(stream, group, consumer)
  local owned = {}
  if #ARGV > 18 then
    -- Many at once: one look at what the caller holds between the oldest and the newest is cheaper than one for each. The time in
    -- an id has 13 digits for centuries, so ids compare as text, but for their order within one millisecond.
    local first, last = ARGV[3], ARGV[3]
    for i = 5, #ARGV, 2 do
      if ARGV[i] < first then first = ARGV[i] elseif ARGV[i] > last then last = ARGV[i] end
    end
    first, last = string.match(first, '^%d+'), string.match(last, '^%d+')
    for _, p in ipairs(redis.call('XPENDING', stream, group, first, last, 1000000, consumer)) do owned[p[1]] = p[4] end
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
