-- Adds jobs that can run now and were never sent before, many at a time: client and server handle one call, not one a job.
-- The caller rings.
-- KEYS  1 the stream
-- ARGV  2 values a job: job, args
-- Returns the number of jobs added.
for i = 1, #ARGV, 2 do
  redis.call('XADD', KEYS[1], '*', 'job', ARGV[i], 'args', ARGV[i + 1])
end
return #ARGV / 2
