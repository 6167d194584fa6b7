-- Lists ready or running jobs of one priority, page by page.
-- KEYS  1 the stream
-- ARGV  1 group  2 'ready' or 'running'  3 the entry to go on after ('' = from the beginning)  4 most jobs to find
--       5 bytes of arguments to show; from 6 on the filter (see lib/filter.lua)
-- Returns {the entry to go on after ('' = that was all), jobs looked at,
--          {{entry, job, args, bytes of args, history, worker, deliveries}, ...}}
-- @include filter
-- @include page
if redis.call('EXISTS', KEYS[1]) == 0 then return { '', 0, {} } end
local matches, found, looked, bytes, most = filter_at(6), {}, 0, 0, tonumber(ARGV[4])

local delivered = '0-0'
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  if group[2] == ARGV[1] then delivered = group[8] end
end
local delivered_ms, delivered_seq = string.match(delivered, '^(%d+)-(%d+)$')
delivered_ms, delivered_seq = tonumber(delivered_ms), tonumber(delivered_seq)

-- What was handed out and is still there is pending; a worker that stops hands back to nobody, and then it is ready again.
local function holder_of(entry)
  local ms, seq = string.match(entry, '^(%d+)-(%d+)$')
  ms, seq = tonumber(ms), tonumber(seq)
  if ms > delivered_ms or (ms == delivered_ms and seq > delivered_seq) then return nil, true end
  local p = redis.call('XPENDING', KEYS[1], ARGV[1], entry, entry, 1)[1]
  if not p or p[2] == '_released' then return nil, false end
  return p, false
end

local last = ARGV[3]
while true do
  local batch = redis.call('XRANGE', KEYS[1], last == '' and '-' or '(' .. last, '+', 'COUNT', 32)
  if #batch == 0 then return { '', looked, found } end
  for _, entry in ipairs(batch) do
    local held, is_new = holder_of(entry[1])
    -- No running one comes after those that were never handed out.
    if is_new and ARGV[2] == 'running' then return { '', looked, found } end
    last, looked = entry[1], looked + 1
    local job, args, history = entry[2][2], entry[2][4], entry[2][6] or ''
    bytes = bytes + #job + #args + #history
    if (held ~= nil) == (ARGV[2] == 'running') and matches(job, args, history) then
      found[#found + 1] = { last, job, string.sub(args, 1, ARGV[5]), #args, history, held and held[2] or '', held and held[4] or 0 }
    end
    if #found >= most or looked >= MOST_LOOKED_AT or bytes >= MOST_BYTES then return { last, looked, found } end
  end
end
