-- Takes over jobs whose lease ran out: their worker died, hangs or handed them back.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 consumer  3 lease (ms)  4 most jobs to take
-- Returns {now (ms), {{priority, {{entry id, fields, delivery}, ...}}, ...}, how many of them were lost, not handed back}
-- @include queue
-- @include rates
local time = now()
redis.call('ZREMRANGEBYSCORE', tag .. ':cancelled', '-inf', time)
local taken, lost, left = {}, 0, tonumber(ARGV[4])
if redis.call('EXISTS', tag .. ':paused') == 1 then return { time, taken, 0 } end
redis.call('DEL', tag .. ':released')
-- Still pending, so they count among the running ones; but they start once more.
local _, interval, burst = parse_limit(redis.call('HGET', tag .. ':limits', 'queue'))
if interval > 0 then left = math.min(left, (permits('queue', interval, burst, time))) end
for priority, stream in ipairs(ready_keys) do
  if left <= 0 then break end
  local entries = {}
  for _, p in ipairs(redis.call('XPENDING', stream, ARGV[1], 'IDLE', ARGV[3], '-', '+', left)) do
    local claimed = redis.call('XCLAIM', stream, ARGV[1], ARGV[2], ARGV[3], p[1])[1]
    if claimed then
      entries[#entries + 1] = { claimed[1], claimed[2], p[4] + 1 }
      -- See release.lua.
      if p[2] ~= '_released' then lost = lost + 1 end
    end
  end
  if #entries > 0 then
    left = left - #entries
    if interval > 0 then spend('queue', interval, burst, #entries, time) end
    taken[#taken + 1] = { priority, entries }
  end
end
return { time, taken, lost }
