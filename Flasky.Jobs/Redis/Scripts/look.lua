-- The careful way to fetch, for a worker that may be about to idle: moves due jobs to ready, hands out ready jobs, and
-- notes a worker that gets none as idle in the same step, so no job can slip between its look and its sleep.
-- A worker that just read as much as it asked for reads on with plain XREADGROUP, at a fraction of the cost.
-- Limits are kept here: what may not run yet is not handed out, so it spends neither an attempt nor a delivery.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 consumer  3 most jobs to hand out  4 the consumer's bell channel ('' = do not note it)  5... the four priorities, in the order to look
-- Returns {now (ms), ms until the next scheduled job is due or the next limit lets one through (-1: none), whether the queue is
--          paused (1 or 0), number of cancellations to mind, {{priority, entries}, ...}, 0 if plain reads may follow, 1 if limits
--          or lanes allow none, 2 if moreover a settled job makes room for another, 1 if jobs were handed back that nobody took yet, else 0}
-- @include queue
-- @include jobs
-- @include rates
-- @include limits
-- @include turns
-- A lane whose jobs are all of a priority left out would count as empty, and its jobs would wait for ever.
local order, named = { unpack(ARGV, 5) }, {}
for _, priority in ipairs(order) do named[priority] = true end
if #order ~= 4 or not (named['1'] and named['2'] and named['3'] and named['4']) then
  return redis.error_reply('ERR a look has to name each of the priorities 1 to 4 once, not ' .. table.concat(order, ' '))
end

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

-- One question for all that a queue may have beside plain jobs.
local plain = redis.call('EXISTS', tag .. ':paused', tag .. ':limits', tag .. ':lanes', tag .. ':released') == 0
local paused = not plain and redis.call('EXISTS', tag .. ':paused') or 0
local handed_out, left, wait, care = {}, tonumber(ARGV[3]), math.huge, 0

local function hand_out(priority, entries)
  left = left - #entries
  handed_out[#handed_out + 1] = { priority, entries }
end

local function read_plain()
  for _, priority in ipairs(order) do
    if left <= 0 then break end
    local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', left, 'STREAMS', ready_keys[tonumber(priority)], '>')
    if read then hand_out(priority, read[1][2]) end
  end
end

local function read_turns(most)
  if most <= 0 then return end
  local entries = read_lanes(most, order, time, ARGV[1], ARGV[2])
  if #entries > 0 then hand_out(5, entries) end
end

if plain then
  read_plain()
elseif paused == 0 then
  local most, interval, burst = parse_limit(redis.call('HGET', tag .. ':limits', 'queue'))
  local within = left
  if most > 0 then
    care = 2
    local pending = 0
    for _, stream in ipairs(ready_keys) do pending = pending + redis.call('XPENDING', stream, ARGV[1])[1] end
    within = math.min(within, most - pending)
  end
  if interval > 0 then
    care = math.max(care, 1)
    within = math.min(within, (permits('queue', interval, burst, time)))
  end
  local refused = left - math.max(within, 0)
  left = left - refused
  open_gates(time)
  -- Lanes and jobs without one share what there is; whose the odd one is, chance decides.
  read_turns(math.floor((left + redis.call('TIME')[2] % 2) / 2))
  read_plain()
  read_turns(left)
  -- Some lanes have not had their turn yet, though there is room: look again at once.
  if left > 0 and redis.call('LLEN', tag .. ':turns') > 0 then wait = 0 end
  left = left + refused
  if interval > 0 then
    if left < tonumber(ARGV[3]) then spend('queue', interval, burst, ARGV[3] - left, time) end
    local _, ms = permits('queue', interval, burst, time)
    if ms > 0 then wait = math.min(wait, ms) end
  end
  local gate = redis.call('ZRANGE', tag .. ':gates', 0, 0, 'WITHSCORES')[2]
  if gate then wait = math.min(wait, math.max(0, gate - time)) end
  if redis.call('LLEN', tag .. ':turns') > 0 then
    care = math.max(care, 1)
    if left == 0 then wake(1) end
  end
end
if ARGV[4] ~= '' then redis.call(#handed_out > 0 and 'SREM' or 'SADD', tag .. ':idle', ARGV[4]) end

-- More were due than this worker takes: wake others for them.
if paused == 0 then wake(#due - (ARGV[3] - left)) end

local next = redis.call('ZRANGE', tag .. ':scheduled', 0, 0, 'WITHSCORES')[2]
if next then wait = math.min(wait, math.max(0, next - time)) end
return { time, wait < math.huge and wait or -1, paused, redis.call('ZCARD', tag .. ':cancelled'), handed_out, care,
  plain and 0 or redis.call('EXISTS', tag .. ':released') }
