-- Moves a recurring job to its next tick and enqueues its jobs, once, however many schedulers try: all in one step, so
-- a tick is neither lost nor doubled when a scheduler dies, and repeating the script does nothing.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:last  4 ready  5 idle
-- ARGV  1 name  2 the tick it must stand at (ms)  3 the SHA-1 of the definition the jobs were made from
--       4 next tick (ms; '': none)  5 last tick that is enqueued (ms; '': none)  then 2 values a job: job, args
-- Returns 1, or 0 if another scheduler was first, or the recurring job was changed, paused or removed.
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
local definition = redis.call('HGET', KEYS[2], ARGV[1])
if not definition or redis.sha1hex(definition) ~= ARGV[3] then return 0 end

if ARGV[4] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], ARGV[4], ARGV[1])
end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[3], ARGV[1], ARGV[5]) end

local jobs = 0
for i = 6, #ARGV, 2 do
  redis.call('XADD', KEYS[4], '*', 'job', ARGV[i], 'args', ARGV[i + 1])
  jobs = jobs + 1
end
while jobs > 0 do
  local bell = redis.call('SPOP', KEYS[5])
  if not bell then break end
  -- Nobody listens on the bell of a worker that died: try the next.
  if redis.call('PUBLISH', bell, '') > 0 then jobs = jobs - 1 end
end
return 1
