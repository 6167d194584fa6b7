-- The careful way to fetch, for a worker that may be about to idle: moves due jobs to ready, hands out ready jobs, and
-- notes a worker that gets none as idle in the same step, so no job can slip between its look and its sleep.
-- A worker that just read as much as it asked for reads on with plain XREADGROUP, at a fraction of the cost.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 consumer  3 most jobs to hand out  4 the consumer's bell channel  5... the priorities, in the order to look
-- Returns {now (ms), ms until the next scheduled job is due (-1: none), whether the queue is paused (1 or 0),
--          number of cancellations to mind, {{priority, entries}, ...}}
-- @include queue
-- @include jobs
local time = now()
local due = redis.call('ZRANGEBYSCORE', tag .. ':scheduled', '-inf', time, 'LIMIT', 0, 256)
if #due > 0 then
  local packed = redis.call('HMGET', tag .. ':scheduled:jobs', unpack(due))
  for i = 1, #due do
    if packed[i] then
      local job, args, priority, history, ttl = cmsgpack.unpack(packed[i])
      add_ready(job, args, priority, history)
      note(due[i], ttl, time, 'ready', string.match(job, '^%S+ %S+ (%S+)'), '', '')
    end
  end
  redis.call('ZREM', tag .. ':scheduled', unpack(due))
  redis.call('HDEL', tag .. ':scheduled:jobs', unpack(due))
end

local paused = redis.call('EXISTS', tag .. ':paused')
local handed_out, left = {}, tonumber(ARGV[3])
if paused == 0 then
  for i = 5, #ARGV do
    if left <= 0 then break end
    local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', left, 'STREAMS', ready_keys[tonumber(ARGV[i])], '>')
    if read then
      left = left - #read[1][2]
      handed_out[#handed_out + 1] = { ARGV[i], read[1][2] }
    end
  end
end
if #handed_out > 0 then
  redis.call('SREM', tag .. ':idle', ARGV[4])
else
  redis.call('SADD', tag .. ':idle', ARGV[4])
end

-- More were due than this worker takes: wake others for them.
if paused == 0 then wake(#due - (ARGV[3] - left)) end

local next = redis.call('ZRANGE', tag .. ':scheduled', 0, 0, 'WITHSCORES')
return { time, next[2] and math.max(0, next[2] - time) or -1, paused, redis.call('ZCARD', tag .. ':cancelled'), handed_out }
