using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Hosting;

/// <summary>Finds out whether the Redis of a queue may drop jobs when its memory is short. Thread-safe.</summary>
internal sealed partial class EvictionGuard(Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, ILogger<EvictionGuard> logger)
{
    private int warned;

    /// <summary>What the server that has the queue is to be told. Null: it drops nothing, as far as is known, or nobody wants to know.</summary>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async Task<string?> ProblemAsync(string queue)
    {
        if (!options.Value.RefuseEviction)
            return null;
        // The first connection blocks.
        var database = await Task.Run(() => redis.Value.GetDatabase()).ConfigureAwait(false);
        var policy = (string)(await LuaScript.Policy.RunAsync(database, [new JobKeys(options.Value.KeyPrefix, queue).Ready()], []).ConfigureAwait(false))!;
        if (policy.Length == 0)
            LogUnknown(queue);
        return policy is "noeviction" or "" ? null
            : $"The Redis server of queue '{queue}' has maxmemory-policy {policy}, so it may drop jobs when its memory is short. "
                + "Set 'maxmemory-policy noeviction' in redis.conf, or run 'redis-cli CONFIG SET maxmemory-policy noeviction'; managed servers have it among their settings. "
                + "If jobs may be lost, set Flasky:Jobs:RefuseEviction to false.";
    }

    /// <summary>For producers: they say it, once, and go on. Never throws.</summary>
    public async Task WarnAsync(string queue)
    {
        try
        {
            if (await ProblemAsync(queue).ConfigureAwait(false) is { } problem && Interlocked.Exchange(ref warned, 1) == 0)
                LogMayDrop(problem);
        }
        catch (Exception e) when (e.IsOutage() || e is ObjectDisposedException)
        {
            LogNotAsked(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogMayDrop(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Redis server of queue {Queue} does not tell its maxmemory-policy; make sure that it is noeviction, or it may drop jobs")]
    private partial void LogUnknown(string queue);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis could not be asked for its maxmemory-policy ({Problem})")]
    private partial void LogNotAsked(string problem);
}
