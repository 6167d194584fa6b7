-- Cancels a job wherever it is. One that waits for its time is gone at once; one that is ready or running is marked, which
-- every worker looks at before it starts a job, and which its worker hears of.
-- KEYS  1 any key of the queue
-- ARGV  1 id  2 ms the mark is kept  3 ms the job's notes are kept (0 = not tracked)  4 unique key to let go ('' = none)
--       5 job to enqueue along ('' = none)  6 its args
-- Returns 2: it will not run (again); 1: marked, it may be running; 0: it had ended before.
-- @include queue
-- @include jobs
local id, time = ARGV[1], now()
local state = redis.call('HGET', tag .. ':job:' .. id, 'state')
if state == 'cancelled' then return 2 end
if state == 'succeeded' or state == 'failed' or state == 'expired' or redis.call('ZSCORE', tag .. ':dead', id) then return 0 end

local function ended()
  release_unique(id, ARGV[4])
  note(id, ARGV[3], time, 'cancelled', redis.call('HGET', tag .. ':job:' .. id, 'attempt') or 0, '', '')
  if ARGV[5] ~= '' then
    add_ready(ARGV[5], ARGV[6], 1, '')
    wake(1)
  end
end

if redis.call('ZREM', tag .. ':scheduled', id) == 1 then
  redis.call('HDEL', tag .. ':scheduled:jobs', id)
  ended()
  return 2
end
redis.call('ZADD', tag .. ':cancelled', time + ARGV[2], id)
redis.call('PUBLISH', tag .. ':cancel', id)
if state == 'ready' then
  ended()
  return 2
end
return 1
