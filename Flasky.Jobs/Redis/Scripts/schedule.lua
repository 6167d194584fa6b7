-- Adds jobs that are due later and ask nothing else of the queue, many at a time. Others go by enqueue.lua, at twice the cost.
-- KEYS  1 any key of the queue
-- ARGV  1 seconds a seen id is remembered (0 = none of the jobs was ever sent before); then 3 values a job:
--       id, the job as pack_scheduled would pack it, delay (ms)
-- Returns 1 if one of the jobs is due before all others, else 0.
-- @include queue
local time = now()
local due, packed = {}, {}
for i = 2, #ARGV, 3 do
  local id = ARGV[i]
  if ARGV[1] == '0' or redis.call('SET', tag .. ':seen:' .. id, '1', 'NX', 'EX', ARGV[1]) then
    due[#due + 1], due[#due + 2] = time + ARGV[i + 2], id
    packed[#packed + 1], packed[#packed + 2] = id, ARGV[i + 1]
  end
end
if #due == 0 then return 0 end
local before = redis.call('ZRANGE', tag .. ':scheduled', 0, 0)[1]
redis.call('HSET', tag .. ':scheduled:jobs', unpack(packed))
redis.call('ZADD', tag .. ':scheduled', unpack(due))
return redis.call('ZRANGE', tag .. ':scheduled', 0, 0)[1] ~= before and 1 or 0
