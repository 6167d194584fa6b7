-- Moves a recurring job to its next tick and enqueues its jobs, once, however many schedulers try: all in one step, so
-- a tick is neither lost nor doubled when a scheduler dies, and repeating the script does nothing.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:last
-- ARGV  1 name  2 the tick it must stand at (ms)  3 the SHA-1 of the definition the jobs were made from
--       4 next tick (ms; '': none)  5 last tick that is enqueued (ms; '': none)  6 priority (1 to 4)
--       7 ms the jobs' notes are kept after their end (0 = not tracked); then 2 values a job: job, args
-- Returns 1, or 0 if another scheduler was first, or the recurring job was changed, paused or removed.
-- @include queue
-- @include jobs
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

for i = 8, #ARGV, 2 do
  local job, args = ARGV[i], ARGV[i + 1]
  local id, name, headers = string.match(job, '^(%S+) (%S+) %S+ %S+ (.*)$')
  if ARGV[7] ~= '0' then
    local time = now()
    redis.call('HSET', tag .. ':job:' .. id, 'created', time, 'name', name, 'headers', headers)
    note(id, ARGV[7], time, 'ready', 0, '', '')
  end
  add_ready(job, args, ARGV[6], '')
end
wake((#ARGV - 7) / 2)
return 1
