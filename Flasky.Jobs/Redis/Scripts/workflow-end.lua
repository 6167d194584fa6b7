-- Notes how a node of a workflow ended. The first to say so counts, and the same said again changes nothing; only a dead job that its parent
-- holds can still end in another way: by succeeding, or for good.
-- KEYS  as in lib/workflow.lua
-- ARGV  1 node  2 state  3 cause (a node, or negative)  4 parent ('' = none)  5 policy of the parent (stop, continue, hold)
--       6 whether the node is a job (1 or 0)  7 result as JSON ('' = none)  8 error  9 most bytes of results
--       10 channel to tell  11 report to enqueue along ('' = none)  12 its args
-- Returns {state, cause, done members of the parent, error} as they are noted now; nil if the workflow is gone
-- @include queue
-- @include jobs
-- @include workflow
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local node, state, is_job, error = ARGV[1], ARGV[2], ARGV[6] == '1', ARGV[8]
local was = has_ended(node) and string.match(redis.call('HGET', KEYS[3], node), '^%S+')
local held = was == 'failed' and is_job and ARGV[5] == 'hold'

if not was or (held and state ~= 'failed') then
  if ARGV[7] ~= '' then
    if redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[7]) > tonumber(ARGV[9]) then
      state, error = 'failed', 'With this result, those of the workflow take more than ' .. ARGV[9] .. ' bytes (Flasky:Jobs:MaxWorkflowBytes).'
    else
      redis.call('HSET', KEYS[4], node, ARGV[7])
    end
  end
  redis.call('HSET', KEYS[3], node, state .. ' ' .. ARGV[3] .. ' ' .. now() .. ' ' .. error)
  if is_job then
    if held and state == 'succeeded' then redis.call('HINCRBY', KEYS[1], 'failed', -1) end
    if not held or state == 'succeeded' then redis.call('HINCRBY', KEYS[1], state == 'succeeded' and 'succeeded' or 'failed', 1) end
    if ARGV[5] == 'hold' and (state == 'failed') ~= (was == 'failed') then redis.call('HINCRBY', KEYS[1], 'held', held and -1 or 1) end
  end
  if ARGV[4] == '' then
    redis.call('HSET', KEYS[1], 'state', state, 'ended', now(), 'error', error)
    redis.call('PEXPIRE', KEYS[1], redis.call('HGET', KEYS[1], 'remembered'))
  elseif state == 'succeeded' or ARGV[5] == 'continue' then
    redis.call('HINCRBY', KEYS[3], 'done:' .. ARGV[4], 1)
  end
  if ARGV[11] ~= '' then
    add_ready(ARGV[11], ARGV[12], 1, '')
    wake(1)
  end
  keep()
  redis.call('PUBLISH', ARGV[10], node)
end

local noted, cause, text = string.match(redis.call('HGET', KEYS[3], node), '^(%S+) (%S+) %d+ (.*)$')
return { noted, tonumber(cause), tonumber(redis.call('HGET', KEYS[3], 'done:' .. ARGV[4]) or 0), text }
