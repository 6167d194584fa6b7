-- Notes that jobs of a workflow are in their queues, so that nobody enqueues them again however late a report is repeated.
-- KEYS  as in lib/workflow.lua
-- ARGV  1... the nodes
-- Returns 1.
for _, node in ipairs(ARGV) do
  -- It may have ended by now.
  if redis.call('HGET', KEYS[3], node) == 'starting' then redis.call('HSET', KEYS[3], node, 'started') end
end
return 1
