-- Adds jobs that need a look first: each id once, not before a time, tracked, unique, debounced. Others go by plain XADD and ring.lua.
-- KEYS  1 any key of the queue
-- ARGV  1 seconds a seen id is remembered  2 the sender's clock (ms); then 10 values a job: id, job, args, delay (ms, 0 = now), priority (1 to 4),
--       whether it may have been sent before (1 or 0), ms its notes are kept after its end (0 = not tracked),
--       unique or debounce key ('' = none), ms a unique key is held, ms after which a debounced job runs at the latest (-1 = not debounced)
-- Returns {jobs now ready, jobs scheduled before any other, {for each job its id, or that of the job there is instead}}
-- @include queue
-- @include jobs
local time = now()
local ready, first, ids = 0, 0, {}

-- The sender's clock may be wrong, and workers go by this one: so the time at which a job expires is told by this one too.
local function by_this_clock(job)
  return (string.gsub(job, '"job%-expires":"(%d+)"', function(ms) return string.format('"job-expires":"%.0f"', ms + time - ARGV[2]) end, 1))
end

-- The id of the job that holds the unique key; nil if the caller's does now.
local function unique_holder(id, key, held)
  if redis.call('SET', tag .. ':unique:' .. key, id, 'NX', 'PX', held) then return nil end
  local holder = redis.call('GET', tag .. ':unique:' .. key)
  return holder ~= id and holder or nil
end

-- A debounced job that still waits takes the new arguments and waits again, also if it waited for another attempt: it has none
-- behind it then, for those were with other arguments. Returns its id; nil if there is none.
local function put_off(id, key, job, args, delay, priority, ttl, latest)
  local held = redis.call('GET', tag .. ':debounce:' .. key)
  local waiting, deadline = string.match(held or '', '^(%S+) (%d+)$')
  local packed = waiting and redis.call('HGET', tag .. ':scheduled:jobs', waiting)
  if not packed then
    redis.call('SET', tag .. ':debounce:' .. key, id .. ' ' .. time + latest, 'PX', latest + delay)
    return nil
  end
  -- It keeps its own id and time of creation.
  local attempts, created = string.match(cmsgpack.unpack(packed), '^%S+ %S+ (%S+) (%S+)')
  local name, headers = string.match(job, '^%S+ (%S+) %S+ %S+ (.*)$')
  add_scheduled(waiting, math.min(time + delay, deadline), waiting .. ' ' .. name .. ' 0 ' .. created .. ' ' .. headers, args, priority, '', ttl)
  if attempts ~= '0' then note(waiting, ttl, time, 'scheduled', 0, '', '', delay) end
  keep_notes(waiting, math.max(ttl, unended) + delay, true)
  return waiting
end

for i = 3, #ARGV, 10 do
  local id, job, args, delay, priority = ARGV[i], by_this_clock(ARGV[i + 1]), ARGV[i + 2], tonumber(ARGV[i + 3]), ARGV[i + 4]
  local ttl, key, latest = tonumber(ARGV[i + 6]), ARGV[i + 7], tonumber(ARGV[i + 9])
  ids[#ids + 1] = id
  if ARGV[i + 5] == '0' or redis.call('SET', tag .. ':seen:' .. id, '1', 'NX', 'EX', ARGV[1]) then
    local instead
    if key ~= '' then
      if latest < 0 then
        instead = unique_holder(id, key, ARGV[i + 8])
      else
        instead = put_off(id, key, job, args, delay, priority, ttl, latest)
      end
    end
    if instead then
      ids[#ids] = instead
    else
      if ttl > 0 then
        redis.call('HSET', tag .. ':job:' .. id, 'created', time, 'name', string.match(job, '^%S+ (%S+)'), 'headers', string.match(job, '^%S+ %S+ %S+ %S+ (.*)$'))
        note(id, ttl, time, delay > 0 and 'scheduled' or 'ready', 0, '', '', delay)
      end
      if delay > 0 then
        if add_scheduled(id, time + delay, job, args, priority, '', ttl) then first = first + 1 end
      else
        add_ready(job, args, priority, '')
        ready = ready + 1
      end
    end
  end
end
return { ready, first, ids }
