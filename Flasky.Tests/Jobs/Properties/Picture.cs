using System.Text.RegularExpressions;
using Flasky.Jobs.Redis;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>What Redis holds of a queue, of one moment, as facts in the words of <see cref="QueueModel"/>: one line for each thing there is.</summary>
internal sealed partial class Picture(IDatabase redis, JobKeys keys)
{
    private const string Read = """
        local tag, group, unit = string.match(KEYS[1], '^%b{}'), ARGV[1], tonumber(ARGV[2])
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local facts = {}
        local function say(...) facts[#facts + 1] = table.concat({ ... }, ' ') end
        local function hours_until(ms)
          if ms == 'inf' then return 'ever' end
          return string.format('%.0f', math.max(-99, math.ceil((ms - now) / unit)) + 0)
        end
        local function hours_since(ms)
          return ms and string.format('%.0f', math.floor((now - ms) / unit)) or 'never'
        end
        local function job(text)
          local id, attempts = string.match(text, '^(%S+) %S+ (%S+)')
          return id, 'attempts ' .. attempts
        end
        for priority, stream in ipairs({ ':ready:critical', ':ready:high', ':ready', ':ready:low', ':ready:lanes' }) do
          local pending = {}
          for _, p in ipairs(redis.call('XPENDING', tag .. stream, group, '-', '+', 10000)) do pending[p[1]] = p end
          for position, entry in ipairs(redis.call('XRANGE', tag .. stream, '-', '+')) do
            local id, attempts = job(entry[2][2])
            local p = pending[entry[1]]
            pending[entry[1]] = nil
            say('stream', priority, 'at', position, id, attempts,
              p and 'held by ' .. p[2] .. ' delivery ' .. p[4] .. ' idle ' .. math.min(99, math.floor(p[3] / unit)) or 'ready')
          end
          for entry in pairs(pending) do say('stream', priority, 'has no entry of pending', entry) end
        end
        for _, name in ipairs({ ':scheduled', ':dead' }) do
          local members, jobs = redis.call('ZRANGE', tag .. name, 0, -1, 'WITHSCORES'), redis.call('HGETALL', tag .. name .. ':jobs')
          local packed = {}
          for i = 1, #jobs, 2 do packed[jobs[i]] = jobs[i + 1] end
          for i = 1, #members, 2 do
            local id = members[i]
            if packed[id] then
              local text, _, priority = cmsgpack.unpack(packed[id])
              local written, attempts = job(text)
              if name == ':scheduled' then
                say('scheduled at', (i + 1) / 2, written, attempts, 'priority', priority, 'in', hours_until(members[i + 1]))
              else
                say('dead at', (i + 1) / 2, written, attempts)
              end
              packed[id] = nil
            else
              say(string.sub(name, 2), id, 'has no job')
            end
          end
          for id in pairs(packed) do say(string.sub(name, 2), id, 'is in no order') end
        end
        local placed = {}
        local function place(list)
          for _, lane in ipairs(redis.call('LRANGE', tag .. list, 0, -1)) do placed[lane] = (placed[lane] or 0) + 1 end
        end
        place(':turns')
        for i = 3, #ARGV do
          local bucket = string.match(ARGV[i], '^held:(.*)$')
          if bucket then
            place(':parked:' .. bucket)
            for _, id in ipairs(redis.call('HKEYS', tag .. ':held:' .. bucket)) do say('held:' .. bucket, 'by', id) end
          end
        end
        local lanes, found = redis.call('HGETALL', tag .. ':lanes'), {}
        for i = 1, #lanes, 2 do
          local lane, count = lanes[i], 0
          local name = string.gsub(lane, ' ', '/')
          if placed[lane] ~= 1 then say('lane', name, 'has', placed[lane] or 0, 'turns to come') end
          placed[lane] = nil
          for priority = 1, 4 do
            local position = 0
            for _, id in ipairs(redis.call('LRANGE', tag .. ':lane:' .. lane .. ':' .. priority, 0, -1)) do
              local packed = redis.call('HGET', tag .. ':waiting:jobs', id)
              if packed and not found[id] then
                found[id], count, position = true, count + 1, position + 1
                local written, attempts = job((cmsgpack.unpack(packed)))
                say('waiting in', name, priority, 'at', position, written, attempts, 'since', hours_since(redis.call('ZSCORE', tag .. ':waiting', id)))
              end
            end
          end
          if count ~= tonumber(lanes[i + 1]) then say('lane', name, 'counts', lanes[i + 1], 'for', count) end
        end
        for lane in pairs(placed) do say('a turn is to come for no lane', lane) end
        for _, id in ipairs(redis.call('HKEYS', tag .. ':waiting:jobs')) do
          if not found[id] then say('waiting', id, 'is in no lane') end
        end
        for _, id in ipairs(redis.call('ZRANGE', tag .. ':waiting', 0, -1)) do
          if redis.call('HEXISTS', tag .. ':waiting:jobs', id) == 0 then say('waiting', id, 'has no job') end
        end
        local cancelled = redis.call('ZRANGE', tag .. ':cancelled', 0, -1, 'WITHSCORES')
        for i = 1, #cancelled, 2 do
          say('cancelled', cancelled[i], 'for', hours_until(cancelled[i + 1]))
        end
        if redis.call('EXISTS', tag .. ':paused') == 1 then say('paused') end
        if redis.call('EXISTS', tag .. ':released') == 1 then say('released for ' .. math.ceil(redis.call('PTTL', tag .. ':released') / unit)) end
        local recurring = redis.call('HKEYS', tag .. ':recurring:definitions')
        for _, name in ipairs(recurring) do
          local next, last = redis.call('ZSCORE', tag .. ':recurring', name), redis.call('HGET', tag .. ':recurring:last', name)
          say('recurring', name, redis.call('SISMEMBER', tag .. ':recurring:paused', name) == 1 and 'paused' or 'next in ' .. (next and hours_until(next) or 'none'),
            'last', last and hours_until(last) or 'none')
        end
        for i = 3, #ARGV do
          local key = tag .. ':' .. ARGV[i]
          local ttl = redis.call('PTTL', key)
          if ttl ~= -2 and string.sub(ARGV[i], 1, 5) ~= 'held:' then
            local lasting = ttl == -1 and 'ever' or string.format('%.0f', math.ceil(ttl / unit))
            local kind = redis.call('TYPE', key)['ok']
            if string.sub(ARGV[i], 1, 9) == 'workflow:' then
              local own, nodes, words = redis.call('HMGET', key, 'state', 'succeeded', 'failed', 'held'), redis.call('HGETALL', key .. ':nodes'), {}
              for n = 1, #nodes, 2 do words[#words + 1] = nodes[n] .. '=' .. string.match(nodes[n + 1], '^%S+') end
              table.sort(words)
              say(ARGV[i], own[1], 'succeeded', own[2], 'failed', own[3], 'held', own[4], 'nodes', table.concat(words, ','), 'for', lasting)
            elseif kind == 'string' then
              local value, deadline = string.match(redis.call('GET', key), '^(%S+) ?(%d*)$')
              say(ARGV[i], 'is', value, deadline == '' and 'for' or 'until ' .. hours_until(deadline) .. ' for', lasting)
            else
              local notes = redis.call('HMGET', key, 'state', 'attempt', 'worker')
              say(ARGV[i], tostring(notes[1]), 'attempt', tostring(notes[2]), 'by', tostring(notes[3]), 'for', lasting)
            end
          end
        end
        return facts
        """;

    /// <param name="named">The keys that stand alone, without the hash tag.</param>
    /// <param name="idOf">The short name of a job's id.</param>
    public async Task<string[]> TakeAsync(IEnumerable<string> named, Func<string, string> idOf)
    {
        var facts = (string[])(await redis.ScriptEvaluateAsync(Read, [keys.Ready()],
            [JobKeys.Group, (long)Terms.Unit.TotalMilliseconds, .. named.Select(name => (RedisValue)name)]))!;
        return Array.ConvertAll(facts, fact => Id().Replace(fact, id => idOf(id.Value)));
    }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
