-- What every script of a queue shares. The queue's keys have one hash tag, so they all follow from the first one.
local tag = string.match(KEYS[1], '^%b{}')

-- The streams of jobs that can run now, by priority; and, fifth, that of jobs whose turn came, which are handed out in the same step.
local ready_keys = { tag .. ':ready:critical', tag .. ':ready:high', tag .. ':ready', tag .. ':ready:low', tag .. ':ready:lanes' }

local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- Wakes idle workers, so many of them.
local function wake(count, message)
  -- Nobody listens on the bell of a worker that died: try the next. But not without end, because listeners on other
  -- nodes of a cluster do not count.
  local more = 3
  while count > 0 do
    local bell = redis.call('SPOP', tag .. ':idle')
    if not bell then break end
    if redis.call('PUBLISH', bell, message or '') > 0 or more == 0 then
      count = count - 1
    else
      more = more - 1
    end
  end
end
