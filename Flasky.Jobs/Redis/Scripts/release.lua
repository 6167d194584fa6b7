-- Hands jobs back unfinished when a worker stops, so that another takes them at once. The delivery does not count
-- against the job: RETRYCOUNT puts the counter back to what it was before.
-- KEYS  1 ready  2 idle
-- ARGV  1 group  2 consumer; then 2 values a job: entry id, delivery
-- Returns the number of jobs handed back.
local released = 0
for i = 3, #ARGV, 2 do
  local p = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
  if p and p[4] == tonumber(ARGV[i + 1]) then
    -- A day of idleness: longer than any lease, so the next reaper finds it expired.
    redis.call('XCLAIM', KEYS[1], ARGV[1], '_released', 0, ARGV[i], 'IDLE', 86400000, 'RETRYCOUNT', p[4] - 1, 'JUSTID')
    released = released + 1
  end
end
for _ = 1, released do
  local bell = redis.call('SPOP', KEYS[2])
  if not bell then break end
  redis.call('PUBLISH', bell, 'reap')
end
return released
