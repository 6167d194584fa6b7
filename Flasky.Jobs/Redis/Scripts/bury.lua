-- Settles a job that will not run again by itself: it is kept among the dead, with the reason.
-- KEYS  1 ready  2 dead  3 dead:jobs
-- ARGV  1 group  2 consumer  3 entry id  4 delivery  5 reason  6 id  7 job, counting this attempt  8 most dead jobs kept
-- Returns 1, or 0 if the delivery was not the caller's to settle.
local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2])[1]
if not p or p[4] ~= tonumber(ARGV[4]) then return 0 end
local found = redis.call('XRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
if found then
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)
  redis.call('HSET', KEYS[3], ARGV[6], cmsgpack.pack(ARGV[7], found[2][4], ARGV[5], now))
  redis.call('ZADD', KEYS[2], now, ARGV[6])
  local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[8])
  if excess > 0 then
    local oldest = redis.call('ZPOPMIN', KEYS[2], math.min(excess, 256))
    for i = 1, #oldest, 2 do redis.call('HDEL', KEYS[3], oldest[i]) end
  end
end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
redis.call('XDEL', KEYS[1], ARGV[3])
return 1
