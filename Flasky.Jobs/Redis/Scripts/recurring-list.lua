-- Recurring jobs with their state, all of one moment.
-- KEYS  1 recurring  2 recurring:definitions  3 recurring:paused  4 recurring:last
-- ARGV  1 a name ('': all of them)
-- Returns {now (ms), {{name, definition, SHA-1 of the definition, paused (1 or 0), next tick (ms or nil), last tick (ms or nil)}, ...}}
local t = redis.call('TIME')
local names = ARGV[1] == '' and redis.call('HKEYS', KEYS[2]) or { ARGV[1] }
local found = {}
for _, name in ipairs(names) do
  local definition = name ~= '' and redis.call('HGET', KEYS[2], name)
  if definition then
    found[#found + 1] = { name, definition, redis.sha1hex(definition), redis.call('SISMEMBER', KEYS[3], name),
      redis.call('ZSCORE', KEYS[1], name), redis.call('HGET', KEYS[4], name) }
  end
end
return { t[1] * 1000 + math.floor(t[2] / 1000), found }
