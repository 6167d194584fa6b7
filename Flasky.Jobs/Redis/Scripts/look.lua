-- The careful way to fetch, for a worker that may be about to idle: moves due jobs to ready, hands out ready jobs, and
-- notes a worker that gets none as idle in the same step, so no job can slip between its look and its sleep.
-- A worker that just read as much as it asked for reads on with plain XREADGROUP, at a fraction of the cost.
-- KEYS  1 ready  2 scheduled  3 scheduled:jobs  4 idle
-- ARGV  1 group  2 consumer  3 most jobs to hand out  4 the consumer's bell channel
-- Returns {ms until the next scheduled job is due (-1: none), {{entry id, {'job', job, 'args', args}}, ...}}
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 256)
if #due > 0 then
  local packed = redis.call('HMGET', KEYS[3], unpack(due))
  for i = 1, #due do
    if packed[i] then
      local job, args = cmsgpack.unpack(packed[i])
      redis.call('XADD', KEYS[1], '*', 'job', job, 'args', args)
    end
  end
  redis.call('ZREM', KEYS[2], unpack(due))
  redis.call('HDEL', KEYS[3], unpack(due))
end

local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
local jobs = read and read[1][2] or {}
if #jobs > 0 then
  redis.call('SREM', KEYS[4], ARGV[4])
else
  redis.call('SADD', KEYS[4], ARGV[4])
end

-- More were due than this worker takes: wake others for them.
for _ = #jobs + 1, #due do
  local bell = redis.call('SPOP', KEYS[4])
  if not bell or redis.call('PUBLISH', bell, '') == 0 then break end
end

local next = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
return { next[2] and math.max(0, next[2] - now) or -1, jobs }
