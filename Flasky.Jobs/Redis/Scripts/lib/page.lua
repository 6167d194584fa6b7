-- Looking at many jobs goes in bounded steps: so many jobs, and about so many bytes of them, in one script.
local MOST_LOOKED_AT, MOST_BYTES = 256, 1048576

-- The members of a sorted set that come after a place in it, with their scores, whether or not what was there is still there.
-- score, member: the place ('' = the beginning, or the end when descending).
local function page_after(key, score, member, descending, count)
  local first = 0
  if score ~= '' then
    -- Nothing sorts between a member and itself with a mark behind it, so the mark's rank says how many are up to the place.
    redis.call('ZADD', key, score, member .. '~')
    first = redis.call('ZRANK', key, member .. '~')
    redis.call('ZREM', key, member .. '~')
    if descending then
      if first > 0 and redis.call('ZRANGE', key, first - 1, first - 1)[1] == member then first = first - 1 end
      first = redis.call('ZCARD', key) - first
    end
  end
  return redis.call(descending and 'ZREVRANGE' or 'ZRANGE', key, first, first + count - 1, 'WITHSCORES')
end
