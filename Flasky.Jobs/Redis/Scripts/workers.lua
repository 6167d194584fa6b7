-- The workers that live or died lately.
-- KEYS  1 workers  2 workers:info
-- ARGV  1 most workers
-- Returns {now (ms), {{name, last heartbeat (ms), what is known of it (JSON)}, ...}}, the freshest first
local t = redis.call('TIME')
local found, names = {}, redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
for i = 1, #names, 2 do
  local info = redis.call('HGET', KEYS[2], names[i])
  if info then found[#found + 1] = { names[i], names[i + 1], info } end
end
return { t[1] * 1000 + math.floor(t[2] / 1000), found }
