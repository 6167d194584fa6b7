local function is_report(job)
  return string.find(job, '^%S+ flasky%.workflow%.report ') ~= nil
end

-- Tells the workflow that a job is part of how it ended, in the step that ends it: by a job of the queue's own, in the same queue, because the
-- workflow may live in another slot. Nothing for any other job. Every script that ends a job has to call it.
-- headers: those of the job, or all of it. result, error: '' for none.
local function report_end(id, headers, state, attempt, result, error)
  local queue, workflow, node = string.match(headers, '"job%-workflow":"(%S+) (%x+) (%d+)"')
  if not queue then return end
  local trace = string.match(headers, '"traceparent":"[^"]*"')
  local report = string.sub(redis.sha1hex(id .. state .. attempt), 1, 32)
  add_ready(report .. ' flasky.workflow.report 0 ' .. now() .. ' ' .. (trace and '{' .. trace .. '}' or ''),
    cjson.encode({ workflow = queue .. ':' .. workflow, node = tonumber(node), state = state, result = result, error = error }), 1, '')
  wake(1)
end

-- Of a dead job that nobody can retry any more. Only a workflow that holds for it makes something of it.
local function give_up(id, job)
  report_end(id, job, 'cancelled', string.match(job, '^%S+ %S+ (%d+)') or 0, '', 'Deleted from the dead jobs.')
end
