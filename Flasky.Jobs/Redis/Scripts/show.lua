-- All that is known of one job.
-- KEYS  1 any key of the queue
-- ARGV  1 id
-- Returns {notes as a flat list, history lines, due time (ms) or nil, {job, args, priority, history, ...} if scheduled,
--          {job, args, reason, time of failure, history, ...} if dead, {job, args, priority, history} if it waits its turn}
-- @include queue
local id = ARGV[1]
local waiting = redis.call('HGET', tag .. ':waiting:jobs', id)
local scheduled, dead = redis.call('HGET', tag .. ':scheduled:jobs', id), redis.call('HGET', tag .. ':dead:jobs', id)
return {
  redis.call('HGETALL', tag .. ':job:' .. id),
  redis.call('LRANGE', tag .. ':job:' .. id .. ':history', 0, -1),
  redis.call('ZSCORE', tag .. ':scheduled', id),
  scheduled and { cmsgpack.unpack(scheduled) } or {},
  dead and { cmsgpack.unpack(dead) } or {},
  waiting and { cmsgpack.unpack(waiting) } or {},
}
