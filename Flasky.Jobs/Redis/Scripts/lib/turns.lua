-- How lanes get their turns. A job's slots are held from its hand-out to its settlement, by its id and with its entry.

-- The buckets of a lane, as {name, definition or false}.
local function buckets_of(lane)
  local names = bucket_names(lane)
  for i, name in ipairs(names) do
    local limits = limits_of(name)
    local found = redis.call('HMGET', tag .. ':limits', unpack(limits))
    names[i] = { name, found[1] or found[2] or found[3] }
  end
  return names
end

-- How long a full bucket stays unlooked at, should nothing ever be settled in it.
local look_again = 10000

-- Drops slots whose entry is gone from the stream without a settlement: Redis lost it, or somebody deleted it. What this very
-- look added is not pending yet.
local function repair(bucket, time, group)
  if not redis.call('SET', tag .. ':repaired:' .. bucket, '1', 'NX', 'PX', look_again - 1) then return end
  local held = redis.call('HRANDFIELD', tag .. ':held:' .. bucket, 128, 'WITHVALUES')
  for i = 1, #held, 2 do
    local added = tonumber(string.match(held[i + 1], '^%d+'))
    if added < time and #redis.call('XPENDING', ready_keys[5], group, held[i + 1], held[i + 1], 1) == 0 then
      redis.call('HDEL', tag .. ':held:' .. bucket, held[i])
    end
  end
end

-- Returns how many more jobs of a bucket may start now and, if none may, ms after which to look again.
local function room(bucket, definition, time, group)
  if not definition then return math.huge, 0 end
  local most, interval, burst = parse_limit(definition)
  local left = math.huge
  if most > 0 then
    left = most - redis.call('HLEN', tag .. ':held:' .. bucket)
    if left <= 0 then
      repair(bucket, time, group)
      left = most - redis.call('HLEN', tag .. ':held:' .. bucket)
    end
    if left <= 0 then return 0, look_again end
  end
  if interval == 0 then return left, 0 end
  local now_permitted, wait = permits(bucket, interval, burst, time)
  return math.min(left, now_permitted), wait
end

-- Takes the next job out of a lane. Ids of jobs that were cancelled there are dropped on the way, but not without end in one look.
local budget = 256
local function next_job(lane, order)
  for _, priority in ipairs(order) do
    local list = tag .. ':lane:' .. lane .. ':' .. priority
    while budget > 0 do
      local id = redis.call('LPOP', list)
      if not id then break end
      local packed = redis.call('HGET', tag .. ':waiting:jobs', id)
      if packed then
        leave_lane(id, cmsgpack.unpack(packed))
        return id, cmsgpack.unpack(packed)
      end
      budget = budget - 1
    end
  end
  -- Nothing there, and no more to look through: whatever was counted is lost.
  if budget > 0 then redis.call('HSET', tag .. ':lanes', lane, 0) end
  return nil
end

-- Puts a lane that had its turn behind the others, or away if nothing waits in it.
local function after_turn(lane)
  if tonumber(redis.call('HGET', tag .. ':lanes', lane) or 0) > 0 then
    redis.call('RPUSH', tag .. ':turns', lane)
    return
  end
  redis.call('HDEL', tag .. ':lanes', lane)
end

-- One lane's turn: at most one of its jobs goes to the stream of jobs whose turn came. Returns whether one did.
local function take_turn(lane, order, time, group)
  local buckets, rooms, full, wait = buckets_of(lane), {}, nil, 0
  for i, bucket in ipairs(buckets) do
    local left, ms = room(bucket[1], bucket[2], time, group)
    rooms[i] = left
    if left <= 0 and not full then full, wait = bucket[1], ms end
  end
  local id, job, args, history, _
  if full then
    redis.call('RPUSH', tag .. ':parked:' .. full, lane)
    redis.call('ZADD', tag .. ':gates', time + wait, full)
  else
    id, job, args, _, history = next_job(lane, order)
    after_turn(lane)
  end
  -- One whose time has passed will not run: it takes no slot and no permit.
  local runs = id and not (tonumber(string.match(job, '"job%-expires":"(%d+)"') or math.huge) <= time)
  local entry
  if id then
    if history == '' then
      entry = redis.call('XADD', ready_keys[5], '*', 'job', job, 'args', args)
    else
      entry = redis.call('XADD', ready_keys[5], '*', 'job', job, 'args', args, 'history', history)
    end
  end
  for i, bucket in ipairs(buckets) do
    local left = rooms[i]
    if runs then
      redis.call('HSET', tag .. ':held:' .. bucket[1], id, entry)
      local _, interval, burst = parse_limit(bucket[2])
      if interval > 0 then spend(bucket[1], interval, burst, 1, time) end
      left = left - 1
    end
    -- Room that this lane leaves is for the next one that waits for it.
    if left > 0 then unpark(bucket[1]) end
  end
  return id ~= nil
end

-- Hands out jobs of the lanes, a job a turn. Returns the entries.
local function read_lanes(most, order, time, group, consumer)
  local function read(count)
    local reply = redis.call('XREADGROUP', 'GROUP', group, consumer, 'COUNT', count, 'STREAMS', ready_keys[5], '>')
    return reply and reply[1][2] or {}
  end
  -- Usually nothing. It fails here, before anything is changed, if the group is missing; and finds what such a group left.
  local entries = read(most)
  local admitted, turns = 0, 0
  while admitted < most - #entries and turns < 128 do
    local lane = redis.call('LPOP', tag .. ':turns')
    if not lane then break end
    turns = turns + 1
    if take_turn(lane, order, time, group) then admitted = admitted + 1 end
  end
  if admitted > 0 then
    for _, entry in ipairs(read(admitted)) do entries[#entries + 1] = entry end
  end
  return entries
end

-- Gives lanes their turns whose gate has come.
local function open_gates(time)
  for _, bucket in ipairs(redis.call('ZRANGEBYSCORE', tag .. ':gates', '-inf', time, 'LIMIT', 0, 64)) do
    -- One lane has its turn; if it leaves room, it lets in the next. Otherwise the others look again by themselves.
    redis.call('ZADD', tag .. ':gates', time + look_again, bucket)
    if not unpark(bucket) then redis.call('ZREM', tag .. ':gates', bucket) end
  end
end
