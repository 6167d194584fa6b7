-- Wakes idle workers, one for each new job: those that found nothing to do and wait to be told.
-- KEYS  1 idle
-- ARGV  1 the number of new jobs
-- Returns the number of workers woken.
local woken = 0
while woken < tonumber(ARGV[1]) do
  local bell = redis.call('SPOP', KEYS[1])
  if not bell then break end
  -- Nobody listens on the bell of a worker that died: try the next.
  if redis.call('PUBLISH', bell, '') > 0 then woken = woken + 1 end
end
return woken
