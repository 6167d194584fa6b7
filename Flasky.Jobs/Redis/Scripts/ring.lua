-- Wakes idle workers, one for each new job: those that found nothing to do and wait to be told.
-- KEYS  1 any key of the queue
-- ARGV  1 the number of new jobs
-- Returns 1.
-- @include queue
wake(tonumber(ARGV[1]))
return 1
