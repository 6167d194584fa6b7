-- Settles one delivery whose end has to be noted somewhere: the job goes to the scheduled or the dead, or is tracked,
-- unique or part of a workflow. Jobs that simply succeeded go by complete.lua, many at a time.
-- KEYS  1 the entry's stream
-- ARGV  1 group  2 consumer  3 entry id  4 delivery  5 id  6 new state (as in JobState, lower case)  7 attempt
--       8 job, counting this attempt  9 history, with this attempt  10 error  11 ms until it runs again (-1 = never)
--       12 priority (1 to 4)  13 ms its notes are kept after its end (0 = not tracked)  14 unique key to let go ('' = none)
--       15 result as JSON ('' = none)  16 most dead jobs kept
-- Returns 1; 0 if the delivery was not the caller's to settle; 2 if the job was cancelled in the meantime and must not
-- run again: settle it as cancelled.
-- @include queue
-- @include owner
-- @include jobs
-- @include report
-- @include limits
-- @include dead
if not owns(KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) then return 0 end
local id, state, delay = ARGV[5], ARGV[6], tonumber(ARGV[11])
if delay >= 0 and redis.call('ZSCORE', tag .. ':cancelled', id) then return 2 end

local time = now()
local found = redis.call('XRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
if found then
  local args = found[2][4]
  if delay >= 0 then
    -- An idle worker sleeps until what was the earliest due time; tell one that this changed.
    if add_scheduled(id, time + delay, ARGV[8], args, ARGV[12], ARGV[9], ARGV[13]) then wake(1) end
  elseif state == 'failed' then
    redis.call('HSET', tag .. ':dead:jobs', id, cmsgpack.pack(ARGV[8], args, ARGV[10], time, ARGV[9], tonumber(ARGV[12])))
    redis.call('ZADD', tag .. ':dead', time, id)
    trim_dead(redis.call('ZCARD', tag .. ':dead') - ARGV[16])
  end
end
if delay < 0 then redis.call('ZREM', tag .. ':cancelled', id) end
release_unique(id, ARGV[14])
if ARGV[15] ~= '' then redis.call('HSET', tag .. ':job:' .. id, 'result', ARGV[15]) end
note(id, ARGV[13], time, state, ARGV[7], ARGV[2], ARGV[10], math.max(delay, 0))
if delay < 0 then report_end(id, ARGV[8], state, ARGV[7], ARGV[15], ARGV[10]) end
free(id, ARGV[8])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
redis.call('XDEL', KEYS[1], ARGV[3])
return 1
