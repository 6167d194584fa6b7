-- Removes consumers that hold nothing: the caller's own, and those of workers that died long ago. What the caller has without knowing,
-- because it was delivered while it stopped, goes back first.
-- A consumer with pending entries is never removed: its jobs would never be handed out again.
-- KEYS  1 any key of the queue
-- ARGV  1 group  2 consumer ('' = none)  3 idle time (ms) after which others are removed
-- Returns the number of consumers removed.
-- @include queue
-- @include release
local removed, released = 0, 0
for _, stream in ipairs(ready_keys) do
  for _, c in ipairs(redis.call('XINFO', 'CONSUMERS', stream, ARGV[1])) do
    local name, pending, idle = c[2], c[4], c[6]
    if name == ARGV[2] and pending > 0 then
      for _, p in ipairs(redis.call('XPENDING', stream, ARGV[1], '-', '+', pending, name)) do release(stream, ARGV[1], p[1], p[4]) end
      released, pending = released + pending, 0
    end
    if pending == 0 and (name == ARGV[2] or idle > tonumber(ARGV[3])) then
      redis.call('XGROUP', 'DELCONSUMER', stream, ARGV[1], name)
      removed = removed + 1
    end
  end
end
wake(released, 'reap')
return removed
