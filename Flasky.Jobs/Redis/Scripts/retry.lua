-- Settles a failed attempt: the job leaves the stream and waits for its next one.
-- KEYS  1 ready  2 scheduled  3 scheduled:jobs  4 idle
-- ARGV  1 group  2 consumer  3 entry id  4 delivery  5 delay (ms)  6 id  7 job, counting this attempt
-- Returns 1, or 0 if the delivery was not the caller's to settle.
local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2])[1]
if not p or p[4] ~= tonumber(ARGV[4]) then return 0 end
local found = redis.call('XRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
if found then
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)
  redis.call('HSET', KEYS[3], ARGV[6], cmsgpack.pack(ARGV[7], found[2][4]))
  redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[6])
  -- An idle worker sleeps until what was the earliest due time; tell one that this changed.
  if redis.call('ZRANGE', KEYS[2], 0, 0)[1] == ARGV[6] then
    local bell = redis.call('SPOP', KEYS[4])
    if bell then redis.call('PUBLISH', bell, '') end
  end
end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
redis.call('XDEL', KEYS[1], ARGV[3])
return 1
