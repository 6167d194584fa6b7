-- Takes over jobs whose lease ran out (their worker died, hangs or handed them back), and parks those that were
-- handed out too often without ever being settled: they probably kill their workers.
-- KEYS  1 ready  2 dead  3 dead:jobs
-- ARGV  1 group  2 consumer  3 lease (ms)  4 most jobs to take  5 most deliveries  6 most dead jobs kept
-- Returns {{entry id, {'job', job, 'args', args}, delivery}, ...}, {ids of parked jobs}
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local taken, parked = {}, {}
local expired = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])
for _, p in ipairs(expired) do
  local entry, deliveries = p[1], p[4]
  if deliveries >= tonumber(ARGV[5]) then
    local found = redis.call('XRANGE', KEYS[1], entry, entry)[1]
    if found then
      local job, args = found[2][2], found[2][4]
      local id = string.match(job, '^%S+')
      redis.call('HSET', KEYS[3], id, cmsgpack.pack(job, args,
        'Handed out ' .. deliveries .. ' times, but no worker lived to settle it.', now))
      redis.call('ZADD', KEYS[2], now, id)
      parked[#parked + 1] = id
    end
    redis.call('XACK', KEYS[1], ARGV[1], entry)
    redis.call('XDEL', KEYS[1], entry)
  else
    local claimed = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], entry)[1]
    if claimed then
      claimed[3] = deliveries + 1
      taken[#taken + 1] = claimed
    end
  end
end
if #parked > 0 then
  local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
  if excess > 0 then
    local oldest = redis.call('ZPOPMIN', KEYS[2], math.min(excess, 256))
    for i = 1, #oldest, 2 do redis.call('HDEL', KEYS[3], oldest[i]) end
  end
end
return { taken, parked }
