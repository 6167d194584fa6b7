-- Removes consumers that hold nothing: the caller's own, and those of workers that died long ago.
-- A consumer with pending entries is never removed: its jobs would never be handed out again.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 consumer ('' = none)  3 idle time (ms) after which others are removed
-- Returns the number of consumers removed.
-- @include queue
local removed = 0
for _, stream in ipairs(ready_keys) do
  for _, c in ipairs(redis.call('XINFO', 'CONSUMERS', stream, ARGV[1])) do
    local name, pending, idle = c[2], c[4], c[6]
    if pending == 0 and (name == ARGV[2] or idle > tonumber(ARGV[3])) then
      redis.call('XGROUP', 'DELCONSUMER', stream, ARGV[1], name)
      removed = removed + 1
    end
  end
end
return removed
