-- Takes a worker that stops out of the idle ones. Should it have been woken for a job just now, another is woken instead.
-- KEYS  1 idle
-- ARGV  1 the worker's bell channel
-- Returns 1.
if redis.call('SREM', KEYS[1], ARGV[1]) == 0 then
  local bell = redis.call('SPOP', KEYS[1])
  if bell then redis.call('PUBLISH', bell, '') end
end
return 1
