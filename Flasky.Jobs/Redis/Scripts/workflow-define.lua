-- Stores some of the jobs of a workflow that does not exist yet.
-- KEYS  as in lib/workflow.lua
-- ARGV  1 ms they are kept should the workflow not be created; then 2 values a job: node, job
-- Returns 1, or 0 if there is the workflow already.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[2], unpack(ARGV, 2))
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 1
