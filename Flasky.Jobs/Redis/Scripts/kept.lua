-- Lists, retries or deletes jobs that are kept aside, page by page: those that wait for a time or for their turn in a lane, and the dead.
-- KEYS  1 any key of the queue
-- ARGV  1 'scheduled', 'waiting' or 'dead'  2 'list', 'retry' (none that waits for its turn) or 'delete'
--       3 'asc' or 'desc', by due time, time at which it became ready, or time of failure
--       4 score and 5 id of the job to go on after ('' = from the beginning)  6 most jobs to find
--       7 'scheduled' or 'retrying' for only those of the set ('' = all)  8 bytes of arguments to show; from 9 on the filter (see lib/filter.lua)
-- Returns {score and id to go on after ('' = that was all), jobs looked at, jobs refused because their unique key is taken,
--          {{id, score, job, args, bytes of args, priority, history, reason}, ...}, or the number of jobs retried or deleted}
-- @include queue
-- @include jobs
-- @include directives
-- @include report
-- @include filter
-- @include page
local set, action, time = ARGV[1], ARGV[2], now()
local key, hash, matches = tag .. ':' .. set, tag .. ':' .. set .. ':jobs', filter_at(9)
local refused = 0

local function unpacked(value)
  if set == 'dead' then
    local job, args, reason, _, history, priority = cmsgpack.unpack(value)
    return job, args, priority, history, reason
  end
  local job, args, priority, history = cmsgpack.unpack(value)
  return job, args, priority, history, ''
end

-- A dead job begins anew; one that waits only goes on sooner.
local function retry(id, job, args, priority, history)
  local ttl, unique, held = directives_of(job)
  if set == 'dead' then
    if unique ~= '' and not redis.call('SET', tag .. ':unique:' .. unique, id, 'NX', 'PX', held)
      and redis.call('GET', tag .. ':unique:' .. unique) ~= id then
      refused = refused + 1
      return false
    end
    job = string.gsub(job, '^(%S+ %S+) %S+', '%1 0')
  end
  add_ready(job, args, priority or 3, history or '')
  note(id, ttl, time, 'ready', string.match(job, '^%S+ %S+ (%d+)') or 0, '', '')
  return true
end

-- Drops what is known of lanes when no job is in any, as far as that is not much: an empty lane also goes at its next turn.
local function drop_lanes()
  local gates = redis.call('ZRANGE', tag .. ':gates', 0, 256)
  if redis.call('EXISTS', tag .. ':waiting') == 1 or #gates > 256 then return end
  for _, bucket in ipairs(gates) do redis.call('UNLINK', tag .. ':parked:' .. bucket) end
  redis.call('UNLINK', tag .. ':lanes', tag .. ':turns', tag .. ':gates')
end

local function delete(id, job)
  -- Others wait for what it tells. A dead one is deleted by whoever knows better.
  if set ~= 'dead' and is_report(job) then return false end
  local ttl, _, _, freed = directives_of(job)
  release_unique(id, freed)
  if set == 'dead' then
    redis.call('DEL', tag .. ':job:' .. id, tag .. ':job:' .. id .. ':history')
    give_up(id, job)
  else
    -- Somebody may wait for it.
    local attempts = string.match(job, '^%S+ %S+ (%d+)') or 0
    note(id, ttl, time, 'cancelled', attempts, '', 'Deleted before it ran.')
    report_end(id, job, 'cancelled', attempts, '', 'Deleted before it ran.')
    if set == 'waiting' then leave_lane(id, job) end
  end
  return true
end

local batch
if ARGV[9] ~= '' then
  local score = ARGV[4] == '' and redis.call('ZSCORE', key, ARGV[9])
  batch = score and { ARGV[9], score } or {}
else
  batch = page_after(key, ARGV[4], ARGV[5], ARGV[3] == 'desc', MOST_LOOKED_AT)
end
local found, done, looked, bytes, most, last = {}, 0, 0, 0, tonumber(ARGV[6]), nil
for i = 1, #batch, 2 do
  local id, score = batch[i], batch[i + 1]
  local value = redis.call('HGET', hash, id)
  last, looked = i, looked + 1
  if value then
    bytes = bytes + #value
    local job, args, priority, history, reason = unpacked(value)
    local attempts = tonumber(string.match(job, '^%S+ %S+ (%d+)')) or 0
    if (ARGV[7] == '' or (ARGV[7] == 'retrying') == (attempts > 0)) and matches(job, args, (reason or '') .. (history or '')) then
      if action == 'list' then
        found[#found + 1] = { id, score, job, string.sub(args, 1, ARGV[8]), #args, priority or 3, history or '', reason or '' }
        done = done + 1
      elseif (action == 'retry' and retry(id, job, args, priority, history)) or (action == 'delete' and delete(id, job)) then
        redis.call('ZREM', key, id)
        redis.call('HDEL', hash, id)
        done = done + 1
      end
    end
  end
  if done >= most or bytes >= MOST_BYTES then break end
end
if action == 'retry' then wake(done) end
if action == 'delete' and set == 'waiting' then drop_lanes() end
local ended = ARGV[9] ~= '' or #batch == 0 or (last == #batch - 1 and #batch < 2 * MOST_LOOKED_AT)
return { ended and '' or batch[last + 1], ended and '' or batch[last], looked, refused, action == 'list' and found or done }
