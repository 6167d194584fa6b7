local ends = { succeeded = true, failed = true, cancelled = true, expired = true }

-- How long the notes of a job are kept after whatever happened to it last, until it has ended. It may wait or run for long; this is
-- only for one that Redis lost.
local unended = 2592000000

local function keep_notes(id, ms, longer)
  local key = tag .. ':job:' .. id
  for _, notes in ipairs({ key, key .. ':history' }) do
    if longer then redis.call('PEXPIRE', notes, ms, 'GT') else redis.call('PEXPIRE', notes, ms) end
  end
end

-- Notes what became of a tracked job, for who reads its state or waits for it; nothing for a job that is not tracked.
-- ttl: ms the notes are kept after the end, 0 = not tracked. text: the error, if any. delay: ms until the job is due, if it waits for a time.
local function note(id, ttl, at, state, attempt, worker, text, delay)
  ttl = tonumber(ttl)
  if ttl <= 0 then return end
  local key = tag .. ':job:' .. id
  redis.call('HSET', key, 'state', state, 'attempt', attempt, 'worker', worker, 'error', text, 'updated', at)
  redis.call('RPUSH', key .. ':history', at .. ' ' .. state .. ' ' .. attempt .. ' ' .. worker .. ' ' .. text)
  redis.call('LTRIM', key .. ':history', -32, -1)
  keep_notes(id, ends[state] and ttl or math.max(ttl, unended) + (delay or 0))
  redis.call('PUBLISH', tag .. ':events:' .. id, state)
end

-- The lane of a job that waits its turn: '<name, if its type is limited> <key, if it has one>'; nil for any other. The headers
-- have it as it is, because neither part may hold what JSON escapes.
local function lane_of(job)
  return string.match(job, '"job%-lane":"([^"]*)"')
end

-- A job that waits its turn, at the end of its lane. A lane that is in use is in `turns` once, or in one list of parked lanes.
local function enter_lane(lane, job, args, priority, history)
  local id = string.match(job, '^%S+')
  if redis.call('HSET', tag .. ':waiting:jobs', id, cmsgpack.pack(job, args, tonumber(priority), history)) == 0 then return end
  redis.call('ZADD', tag .. ':waiting', now(), id)
  redis.call('RPUSH', tag .. ':lane:' .. lane .. ':' .. priority, id)
  if redis.call('HSETNX', tag .. ':lanes', lane, 0) == 1 then redis.call('RPUSH', tag .. ':turns', lane) end
  redis.call('HINCRBY', tag .. ':lanes', lane, 1)
end

-- Takes a job out of its lane. Its id may stay in the lane's list until its turn would come; the lists of an empty lane go at once, and the
-- lane itself at its next turn.
local function leave_lane(id, job)
  local lane = lane_of(job)
  redis.call('ZREM', tag .. ':waiting', id)
  redis.call('HDEL', tag .. ':waiting:jobs', id)
  if redis.call('HINCRBY', tag .. ':lanes', lane, -1) > 0 then return end
  local list = tag .. ':lane:' .. lane .. ':'
  redis.call('UNLINK', list .. 1, list .. 2, list .. 3, list .. 4)
end

-- A job that can run now, or when its turn comes. history: its failed attempts, '' for none.
local function add_ready(job, args, priority, history)
  local lane = lane_of(job)
  if lane then
    enter_lane(lane, job, args, priority, history)
  elseif history == '' then
    redis.call('XADD', ready_keys[tonumber(priority)], '*', 'job', job, 'args', args)
  else
    redis.call('XADD', ready_keys[tonumber(priority)], '*', 'job', job, 'args', args, 'history', history)
  end
end

-- How a job that waits is kept; look.lua unpacks it, and PackedJob.cs packs the same where there is nothing to decide here.
local function pack_scheduled(job, args, priority, history, ttl)
  return cmsgpack.pack(job, args, tonumber(priority), history, tonumber(ttl))
end

-- A job that must wait. Returns whether it is due before all others: then an idle worker has to hear of it.
local function add_scheduled(id, due, job, args, priority, history, ttl)
  redis.call('HSET', tag .. ':scheduled:jobs', id, pack_scheduled(job, args, priority, history, ttl))
  redis.call('ZADD', tag .. ':scheduled', due, id)
  return redis.call('ZRANGE', tag .. ':scheduled', 0, 0)[1] == id
end

-- Lets go of a unique key, if it is still this job's.
local function release_unique(id, key)
  if key ~= '' and redis.call('GET', tag .. ':unique:' .. key) == id then redis.call('DEL', tag .. ':unique:' .. key) end
end
