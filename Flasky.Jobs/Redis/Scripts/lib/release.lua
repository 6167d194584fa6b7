-- Gives back a job that did not run to its end, so that another worker takes it at once: an idle one is woken for it by the caller, and one
-- that is busy is told by its next look. The delivery does not count against the job.
local function release(stream, group, entry, delivery)
  -- A day of idleness: longer than any lease, so the next reaper finds it expired.
  redis.call('XCLAIM', stream, group, '_released', 0, entry, 'IDLE', 86400000, 'RETRYCOUNT', delivery - 1, 'JUSTID')
  redis.call('SET', tag .. ':released', 1, 'PX', 86400000)
end
