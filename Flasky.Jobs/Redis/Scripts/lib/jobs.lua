-- Notes what became of a tracked job, for who reads its state or waits for it; nothing for a job that is not tracked.
-- ttl: ms the notes are kept from now on, 0 = not tracked. text: the error, if any.
local function note(id, ttl, at, state, attempt, worker, text)
  if tonumber(ttl) <= 0 then return end
  local key = tag .. ':job:' .. id
  redis.call('HSET', key, 'state', state, 'attempt', attempt, 'worker', worker, 'error', text, 'updated', at)
  redis.call('RPUSH', key .. ':history', at .. ' ' .. state .. ' ' .. attempt .. ' ' .. worker .. ' ' .. text)
  redis.call('LTRIM', key .. ':history', -32, -1)
  redis.call('PEXPIRE', key, ttl)
  redis.call('PEXPIRE', key .. ':history', ttl)
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
  if redis.call('HSET', tag .. ':waiting', id, cmsgpack.pack(job, args, tonumber(priority), history)) == 0 then return end
  redis.call('RPUSH', tag .. ':lane:' .. lane .. ':' .. priority, id)
  if redis.call('HSETNX', tag .. ':lanes', lane, 0) == 1 then redis.call('RPUSH', tag .. ':turns', lane) end
  redis.call('HINCRBY', tag .. ':lanes', lane, 1)
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

-- How a job that waits is kept; look.lua unpacks it.
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
