-- What a job asks of the queue beyond being run, from the headers at the end of its `job` text.
-- Returns the ms its notes are kept (0 = not tracked), its unique key ('' = none), the ms that key is held, and the key that its end
-- lets go ('' = none: one for a window stays until that has passed).
local function directives_of(job)
  local headers = string.match(job, '^%S+ %S+ %S+ %S+ (.*)$')
  -- Most jobs ask nothing: they are spared the parsing.
  if not headers or not string.find(headers, '"job-', 1, true) then return 0, '', 0, '' end
  local readable, asked = pcall(cjson.decode, headers)
  if not readable or type(asked) ~= 'table' then return 0, '', 0, '' end
  -- The number of UniqueUntil first: 2 is a window.
  local till, held, key = string.match(asked['job-unique'] or '', '^(%d+) (%d+) (.*)$')
  key = key or ''
  return tonumber(asked['job-tracked']) or 0, key, held or 0, till == '2' and '' or key
end
