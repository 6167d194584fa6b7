-- Which jobs are asked for: 6 values of ARGV from `first` on, '' = any: id, wire name (without version), text in the arguments,
-- text in the errors, created at or after and created before (ms).
local function filter_at(first)
  local id, name, arguments, errors = ARGV[first], ARGV[first + 1], ARGV[first + 2], ARGV[first + 3]
  local from, before = tonumber(ARGV[first + 4]), tonumber(ARGV[first + 5])
  return function(job, args, failures)
    local own, kind, created = string.match(job, '^(%S+) ([^%s@]+)%S* %S+ (%d+)')
    return (id == '' or own == id) and (name == '' or kind == name)
      and (not from or (created and tonumber(created) >= from)) and (not before or (created and tonumber(created) < before))
      and (arguments == '' or string.find(args, arguments, 1, true) ~= nil)
      and (errors == '' or string.find(failures, errors, 1, true) ~= nil)
  end
end
