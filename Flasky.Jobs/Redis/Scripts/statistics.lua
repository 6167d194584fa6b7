-- A queue in figures, all of one moment.
-- KEYS  1 any key of the queue
-- ARGV  1 group
-- Returns {now (ms), when it was paused (ms or nil), {ready by priority, and as the fifth those in lanes}, running, scheduled,
--          next due time (ms or nil), dead, dead jobs trimmed, time since when the oldest ready job is ready (ms or nil)}
-- @include queue
local ready, running, oldest = {}, 0, nil

local function ready_since(entry)
  local ms = entry and tonumber(string.match(entry, '^%d+'))
  if ms and (not oldest or ms < oldest) then oldest = ms end
end

for i, stream in ipairs(ready_keys) do
  local length, held, delivered = redis.call('XLEN', stream), 0, '0-0'
  for _, group in ipairs(length > 0 and redis.call('XINFO', 'GROUPS', stream) or {}) do
    if group[2] == ARGV[1] then
      delivered, held = group[8], group[6]
      -- What a stopping worker handed back is pending, but nobody runs it.
      for _, consumer in ipairs(held > 0 and redis.call('XPENDING', stream, ARGV[1])[4] or {}) do
        if consumer[1] == '_released' then
          held = held - consumer[2]
          local p = redis.call('XPENDING', stream, ARGV[1], '-', '+', 1, '_released')[1]
          ready_since(p and p[1])
        end
      end
    end
  end
  running, ready[i] = running + held, length - held
  local first = ready[i] > 0 and redis.call('XRANGE', stream, '(' .. delivered, '+', 'COUNT', 1)[1]
  ready_since(first and first[1])
end
-- Those whose turn came are counted by now, if a worker handed them back.
ready[5] = ready[5] + redis.call('ZCARD', tag .. ':waiting')
local waits = redis.call('ZRANGE', tag .. ':waiting', 0, 0, 'WITHSCORES')[2]
ready_since(waits)
local next = redis.call('ZRANGE', tag .. ':scheduled', 0, 0, 'WITHSCORES')
return { now(), redis.call('GET', tag .. ':paused'), ready, running, redis.call('ZCARD', tag .. ':scheduled'), next[2] or false,
  redis.call('ZCARD', tag .. ':dead'), redis.call('GET', tag .. ':dead:trimmed'), oldest or false }
