-- Removes jobs of one stream that could run now. They are handed out to nobody and settled, rather than deleted, so that the
-- group's lag stays known. Reports of workflows stay, at the stream's end: others wait for what they tell. At most 256 at once; call it
-- again until it finds less.
-- KEYS  1 the stream
-- ARGV  1 group  2 purge only what was ready by this time (ms; '' = now)
-- Returns {jobs removed, the time to say the next time (ms), whether there may be more (1 or 0)}
-- @include queue
-- @include jobs
-- @include directives
-- @include report
-- @include limits
local time = now()
local before = ARGV[2] ~= '' and ARGV[2] or time
if redis.call('EXISTS', KEYS[1]) == 0 then return { 0, before, 0 } end
local delivered
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  if group[2] == ARGV[1] then delivered = group[8] end
end
if not delivered then
  redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0')
  delivered = '0-0'
end

local entries, removed = {}, 0
-- Those that a stopping worker handed back.
for _, p in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', before, 128, '_released')) do
  entries[#entries + 1] = redis.call('XRANGE', KEYS[1], p[1], p[1])[1]
end
local ready = #redis.call('XRANGE', KEYS[1], '(' .. delivered, before, 'COUNT', 128)
if ready > 0 then
  local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], '_purge', 'COUNT', ready, 'STREAMS', KEYS[1], '>')
  for _, entry in ipairs(read[1][2]) do entries[#entries + 1] = entry end
end
for _, entry in ipairs(entries) do
  local job = entry[2][2]
  local id, attempts = string.match(job, '^(%S+) %S+ (%S+)')
  if is_report(job) then
    add_ready(job, entry[2][4], 1, entry[2][6] or '')
    wake(1)
  elseif id then
    local ttl, _, _, freed = directives_of(job)
    release_unique(id, freed)
    redis.call('ZREM', tag .. ':cancelled', id)
    note(id, ttl, time, 'cancelled', attempts, '', 'Deleted before it ran.')
    report_end(id, job, 'cancelled', attempts, '', 'Deleted before it ran.')
    free(id, job)
  end
  if not is_report(job) then removed = removed + 1 end
  redis.call('XACK', KEYS[1], ARGV[1], entry[1])
  redis.call('XDEL', KEYS[1], entry[1])
end
if ready > 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], '_purge') end
return { removed, before, (ready == 128 or #entries - ready == 128) and 1 or 0 }
