-- Notes jobs of a workflow as begun, unless they are or something around them has ended.
-- KEYS  as in lib/workflow.lua
-- ARGV  2 values a job: node, the nodes around it separated by blanks
-- Returns {{node, job}, ...}: those to enqueue. Also those of an earlier try of this call, as long as workflow-begun.lua has not heard of them.
-- @include workflow
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
local over, begun = {}, {}

local function is_over(node)
  if over[node] == nil then over[node] = has_ended(node) end
  return over[node]
end

for i = 1, #ARGV, 2 do
  local node, noted, can_begin = ARGV[i], redis.call('HGET', KEYS[3], ARGV[i]), true
  for outer in string.gmatch(ARGV[i + 1], '%d+') do can_begin = can_begin and not is_over(outer) end
  if can_begin and (not noted or noted == 'starting') then
    redis.call('HSET', KEYS[3], node, 'starting')
    begun[#begun + 1] = { node, redis.call('HGET', KEYS[2], node) }
  end
end
keep()
return begun
