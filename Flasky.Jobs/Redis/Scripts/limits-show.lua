-- The limits of a queue, and who waits because of what.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 cursor  3 about how many lanes
-- Returns {now (ms), next cursor ('0': that was all), limits as a flat list, jobs that were handed out and are not settled,
--          ms until the queue's next permit, {{lane, jobs that wait, {{bucket, what limits it ('' = nothing), its definition,
--          slots held, ms until its next permit}, ...}}, ...}}
-- @include queue
-- @include jobs
-- @include rates
-- @include limits
local time = now()
local limits, named = redis.call('HGETALL', tag .. ':limits'), {}
for i = 1, #limits, 2 do named[limits[i]] = limits[i + 1] end

local function until_permit(bucket, definition)
  local _, interval, burst = parse_limit(definition)
  if interval == 0 then return 0 end
  local _, wait = permits(bucket, interval, burst, time)
  return wait
end

local function gate(bucket)
  local held = redis.call('HLEN', tag .. ':held:' .. bucket)
  for _, limit in ipairs(limits_of(bucket)) do
    if named[limit] then return { bucket, limit, named[limit], held, until_permit(bucket, named[limit]) } end
  end
  return { bucket, '', '', held, 0 }
end

local scan = redis.call('HSCAN', tag .. ':lanes', ARGV[2], 'COUNT', ARGV[3])
local lanes = {}
for i = 1, #scan[2], 2 do
  local gates = {}
  for n, bucket in ipairs(bucket_names(scan[2][i])) do gates[n] = gate(bucket) end
  lanes[#lanes + 1] = { scan[2][i], tonumber(scan[2][i + 1]), gates }
end

local pending = 0
for _, stream in ipairs(ready_keys) do
  -- Before the first worker there is no group.
  local summary = redis.pcall('XPENDING', stream, ARGV[1])
  if not summary.err then pending = pending + summary[1] end
end
return { time, scan[1], limits, pending, until_permit('queue', named['queue']), lanes }
