-- What the scripts of workflows share. KEYS are always  1 the workflow  2 its jobs  3 its nodes  4 its results.
-- Fields of the nodes: a node's number, to 'starting', 'started' or 'state cause time error'; 'done:' and a number, to how many members are done.
local function has_ended(node)
  local noted = redis.call('HGET', KEYS[3], node)
  return noted and noted ~= 'starting' and noted ~= 'started'
end

-- Renews the time that the workflow is kept while it is under way; afterwards all its keys go with the first.
local function keep()
  local ttl = redis.call('HGET', KEYS[1], 'ended') and redis.call('PTTL', KEYS[1]) or redis.call('HGET', KEYS[1], 'kept')
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ttl) end
end
