-- Takes one request out of a bucket that gets one back each interval. It is one number, the time at which it will be full again (GCRA).
-- KEYS[1]  the bucket: that time in ms; gone when it is full
-- ARGV     ms between requests, requests at once
-- Returns  {1 = taken or 0, requests left, ms until it is full, ms until one is there}
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local latest = now + burst * interval
-- Further ahead than the whole burst takes it is only if a slower limit held when it was written.
local full = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or now), now), latest)
if full + interval > latest + 1e-3 then
  return { 0, 0, math.ceil(full - now), math.ceil(full + interval - latest) }
end
full = full + interval
redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now) + 1)
return { 1, math.floor((latest - full) / interval + 1e-6), math.ceil(full - now), 0 }
