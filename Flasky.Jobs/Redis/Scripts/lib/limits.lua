-- Lanes, and the buckets that their limits count in: 'key:<key>' and 'job:<name>'. A lane whose limit is reached is parked beside
-- the bucket that is full, and comes back to `turns` when a slot of it is freed, when its gate (a time) has come, or when a limit changes.

-- The buckets of a lane, the narrower one first.
local function bucket_names(lane)
  local name, key = string.match(lane, '^(%S*) (%S*)$')
  local names = {}
  if key ~= '' then names[1] = 'key:' .. key end
  if name ~= '' then names[#names + 1] = 'job:' .. name end
  return names
end

-- The limits that may be set for a bucket; the first one that is holds.
local function limits_of(bucket)
  local group = string.match(bucket, '^(key:[^:]*:)')
  if group then return { bucket, group .. '*', 'key:*' } end
  return string.sub(bucket, 1, 4) == 'key:' and { bucket, 'key:*' } or { bucket }
end

-- Gives one lane that is parked beside a bucket its turn again. Returns whether there was one.
local function unpark(bucket)
  local parked = tag .. ':parked:' .. bucket
  local lane = redis.call('LPOP', parked)
  if not lane then return false end
  redis.call('RPUSH', tag .. ':turns', lane)
  if redis.call('EXISTS', parked) == 0 then redis.call('ZREM', tag .. ':gates', bucket) end
  return true
end

-- Frees the slots of a job that is settled. Slots are held by id, so doing it twice frees one.
local function free(id, job)
  local lane = lane_of(job)
  if not lane then return end
  for _, bucket in ipairs(bucket_names(lane)) do
    if redis.call('HDEL', tag .. ':held:' .. bucket, id) == 1 and unpark(bucket) then wake(1) end
  end
end
