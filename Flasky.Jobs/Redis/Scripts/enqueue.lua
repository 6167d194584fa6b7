-- Adds jobs that need a look first: each id once, or not before a time. Others go by plain XADD and ring.lua.
-- KEYS  1 ready  2 scheduled  3 scheduled:jobs  4... the seen keys that jobs refer to
-- ARGV  1 seconds a seen key lives; then 5 values a job: id, job, args, delay (ms, 0 = now), index of its seen key in KEYS (0 = none)
-- Returns {jobs now ready, jobs scheduled before any other}; those enqueued before count in neither.
local now
local ready, first = 0, 0
for i = 2, #ARGV, 5 do
  local seen = tonumber(ARGV[i + 4])
  if seen == 0 or redis.call('SET', KEYS[seen], '1', 'NX', 'EX', ARGV[1]) then
    local delay = tonumber(ARGV[i + 3])
    if delay <= 0 then
      redis.call('XADD', KEYS[1], '*', 'job', ARGV[i + 1], 'args', ARGV[i + 2])
      ready = ready + 1
    else
      if not now then
        local t = redis.call('TIME')
        now = t[1] * 1000 + math.floor(t[2] / 1000)
      end
      redis.call('HSET', KEYS[3], ARGV[i], cmsgpack.pack(ARGV[i + 1], ARGV[i + 2]))
      redis.call('ZADD', KEYS[2], now + delay, ARGV[i])
      if redis.call('ZRANGE', KEYS[2], 0, 0)[1] == ARGV[i] then first = first + 1 end
    end
  end
end
return { ready, first }
