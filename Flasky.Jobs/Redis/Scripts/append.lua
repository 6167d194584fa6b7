-- Adds jobs that can run now and were never sent before, many at a time: client and server handle one call, not one a job.
-- KEYS  1 the stream
-- ARGV  1 the number of idle workers to wake (0 = the caller rings later); then 2 values a job: job, args
-- Returns the number of jobs added.
-- @include queue
for i = 2, #ARGV, 2 do
  redis.call('XADD', KEYS[1], '*', 'job', ARGV[i], 'args', ARGV[i + 1])
end
wake(tonumber(ARGV[1]))
return (#ARGV - 1) / 2
