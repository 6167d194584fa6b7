-- Adds a job that can run now and was never sent before. Should a worker be idle, the job is handed out to it in the same step and comes
-- with the message that wakes it: the worker need not ask for it, which would take another round trip.
-- KEYS  1 the stream
-- ARGV  1 group  2 priority (1 to 4)  3 job  4 args
-- Returns 1.
-- @include queue
redis.call('XADD', KEYS[1], '*', 'job', ARGV[3], 'args', ARGV[4])
local bell = redis.call('SPOP', tag .. ':idle')
if not bell then return 1 end

-- Whether its worker listens on this node, and a look would find nothing to mind. A long message would fill the worker's buffer.
local function can_deliver()
  return #ARGV[4] <= 65536
    and redis.call('PUBSUB', 'NUMSUB', bell)[2] > 0
    and redis.call('EXISTS', tag .. ':paused', tag .. ':limits', tag .. ':lanes', tag .. ':cancelled') == 0
end

local entry
if can_deliver() then
  local consumer = string.sub(bell, #tag + #':bell:' + 1)
  -- Perhaps an older one: that has been waiting for longer.
  local read = redis.pcall('XREADGROUP', 'GROUP', ARGV[1], consumer, 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  entry = read and not read.err and read[1][2][1]
end
if entry then
  local job, args, history = entry[2][2], entry[2][4], entry[2][6] or ''
  redis.call('PUBLISH', bell, table.concat({ 'job', now(), ARGV[2], entry[1], #job, #args, job .. args .. history }, ' '))
else
  redis.call('SADD', tag .. ':idle', bell)
  wake(1)
end
return 1
