-- Cancels a job wherever it is. One that waits for its time or its turn is gone at once; one that is ready or running is marked, which
-- every worker looks at before it starts a job, and which its worker hears of.
-- KEYS  1 any key of the queue
-- ARGV  1 id  2 ms the mark of a job without notes is kept  3 ms the job's notes are kept after its end (0 = not tracked)  4 unique key to let go ('' = none)
-- Returns 2: it will not run (again); 1: marked, it may be running; 0: it had ended before.
-- @include queue
-- @include jobs
-- @include report
local id, time = ARGV[1], now()
local state = redis.call('HGET', tag .. ':job:' .. id, 'state')
if state == 'cancelled' then return 2 end
if ends[state] or redis.call('ZSCORE', tag .. ':dead', id) then return 0 end

-- headers: those of the job, or all of it.
local function ended(headers)
  local attempt = redis.call('HGET', tag .. ':job:' .. id, 'attempt') or 0
  release_unique(id, ARGV[4])
  note(id, ARGV[3], time, 'cancelled', attempt, '', '')
  report_end(id, headers, 'cancelled', attempt, '', '')
end

if redis.call('ZREM', tag .. ':scheduled', id) == 1 then
  local packed = redis.call('HGET', tag .. ':scheduled:jobs', id)
  redis.call('HDEL', tag .. ':scheduled:jobs', id)
  ended(packed and cmsgpack.unpack(packed) or '')
  return 2
end
local waiting = redis.call('HGET', tag .. ':waiting:jobs', id)
if waiting then
  leave_lane(id, cmsgpack.unpack(waiting))
  ended(cmsgpack.unpack(waiting))
  return 2
end
-- What has notes and has not ended is in the queue, perhaps for long: a paused one, say. Its end takes the mark away, so a
-- year is only a bound. Of anything else nobody knows whether it ended.
redis.call('ZADD', tag .. ':cancelled', 'GT', time + (state and 31536000000 or ARGV[2]), id)
redis.call('PUBLISH', tag .. ':cancel', id)
if state == 'ready' then
  ended(redis.call('HGET', tag .. ':job:' .. id, 'headers') or '')
  return 2
end
return 1
