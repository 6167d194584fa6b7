-- Limits as they are stored: '<most at once, 0 = any number> <ms between permits, 0 = no rate> <permits in a burst> ...'.
local function parse_limit(definition)
  local most, interval, burst = string.match(definition or '', '^(%d+) (%S+) (%d+)')
  return tonumber(most or 0), tonumber(interval or 0), tonumber(burst or 0)
end

-- Rates are GCRA: one number, the time at which all permits of a bucket will be there again. That is never further ahead than the
-- whole burst takes; if it is, a slower rate held when it was written, and it is brought back.
local function arrival(bucket, interval, burst, time)
  local key, latest = tag .. ':rate:' .. bucket, time + burst * interval
  local at = math.max(tonumber(redis.call('GET', key) or time), time)
  if at <= latest then return at end
  redis.call('SET', key, string.format('%.3f', latest), 'PX', math.ceil(burst * interval) + 1)
  return latest
end

-- Returns the permits there are now and, if there is none, ms until the next.
local function permits(bucket, interval, burst, time)
  local ahead = arrival(bucket, interval, burst, time) - time
  local left = math.floor(burst - ahead / interval + 1e-6)
  if left > 0 then return left, 0 end
  return 0, math.max(1, math.ceil(ahead - (burst - 1) * interval))
end

local function spend(bucket, interval, burst, count, time)
  local at = arrival(bucket, interval, burst, time) + count * interval
  redis.call('SET', tag .. ':rate:' .. bucket, string.format('%.3f', at), 'PX', math.ceil(at - time) + 1)
end
