-- Creates a workflow whose jobs are stored, and enqueues the report that starts it, in one step.
-- KEYS  as in lib/workflow.lua
-- ARGV  1 shape  2 number of jobs  3 ms it is kept while nothing happens  4 ms it is kept after its end  5 the report  6 its args
-- Returns 1, or 0 if there is one already.
-- @include queue
-- @include jobs
-- @include workflow
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'state', 'running', 'shape', ARGV[1], 'jobs', ARGV[2], 'created', now(), 'kept', ARGV[3], 'remembered', ARGV[4],
  'succeeded', 0, 'failed', 0, 'held', 0, 'bytes', 0)
keep()
add_ready(ARGV[5], ARGV[6], 1, '')
wake(1)
return 1
