-- Lets go of the oldest dead jobs with all that is kept of them, counted; at most 256 at once. A workflow that holds for one hears
-- that it will never be retried. Returns how many.
local function trim_dead(excess)
  if excess <= 0 then return 0 end
  local oldest = redis.call('ZPOPMIN', tag .. ':dead', math.min(excess, 256))
  for i = 1, #oldest, 2 do
    local packed = redis.call('HGET', tag .. ':dead:jobs', oldest[i])
    redis.call('HDEL', tag .. ':dead:jobs', oldest[i])
    if packed then give_up(oldest[i], cmsgpack.unpack(packed)) end
  end
  redis.call('INCRBY', tag .. ':dead:trimmed', #oldest / 2)
  redis.call('EXPIRE', tag .. ':dead:trimmed', 2592000)
  return #oldest / 2
end
