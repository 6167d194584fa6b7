using Flasky.Jobs.Redis;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>
/// Lets time pass. The clock of Redis cannot be moved, but all it is ever compared with can: moving each time that the queue has
/// stored back by an hour is, to every script, the same as an hour passing. Nothing waits, and nothing is early or late.
/// </summary>
internal sealed class Timeline(IDatabase redis, JobKeys keys)
{
    private const string Shift = """
        local tag, by = string.match(KEYS[1], '^%b{}'), tonumber(ARGV[1])
        for _, name in ipairs({ ':scheduled', ':waiting', ':cancelled', ':dead', ':recurring', ':gates' }) do
          local members = redis.call('ZRANGE', tag .. name, 0, -1, 'WITHSCORES')
          for i = 1, #members, 2 do
            if members[i + 1] ~= 'inf' then redis.call('ZINCRBY', tag .. name, -by, members[i]) end
          end
        end
        local last = redis.call('HGETALL', tag .. ':recurring:last')
        for i = 1, #last, 2 do redis.call('HINCRBY', tag .. ':recurring:last', last[i], -by) end
        for _, stream in ipairs({ ':ready:critical', ':ready:high', ':ready', ':ready:low', ':ready:lanes' }) do
          for _, p in ipairs(redis.call('XPENDING', tag .. stream, ARGV[2], '-', '+', 10000)) do
            redis.call('XCLAIM', tag .. stream, ARGV[2], p[2], 0, p[1], 'IDLE', p[3] + by, 'RETRYCOUNT', p[4], 'JUSTID')
          end
        end
        for _, key in ipairs(redis.call('KEYS', tag .. ':*')) do
          local ttl = redis.call('PTTL', key)
          if ttl >= 0 then
            if string.find(key, tag .. ':debounce:', 1, true) == 1 then
              local id, deadline = string.match(redis.call('GET', key), '^(%S+) (%d+)$')
              redis.call('SET', key, id .. ' ' .. string.format('%.0f', deadline - by), 'KEEPTTL')
            end
            if string.find(key, tag .. ':rate:', 1, true) == 1 then
              redis.call('SET', key, string.format('%.3f', redis.call('GET', key) - by), 'KEEPTTL')
            end
            redis.call('PEXPIRE', key, ttl - by)
          end
        end
        return 1
        """;

    private long passedTicks;

    /// <summary>How much time has passed so.</summary>
    public TimeSpan Passed => new(Interlocked.Read(ref passedTicks));

    public async Task AdvanceAsync(int hours)
    {
        var by = hours * Terms.Unit;
        await redis.ScriptEvaluateAsync(Shift, [keys.Ready()], [(long)by.TotalMilliseconds, JobKeys.Group]);
        Interlocked.Add(ref passedTicks, by.Ticks);
    }
}

/// <summary>The clock of one process of the story: it goes along with the story's time, and is wrong.</summary>
internal sealed class StoryClock(Func<TimeSpan> passed, TimeSpan wrongBy) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + passed() + wrongBy;
}
