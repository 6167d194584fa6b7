using System.Collections.Concurrent;
using Flasky.Jobs.Hosting;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>
/// Makes the queues that this process sends to known, so that operations find a queue that no worker serves. Nobody waits for
/// it: a queue works whether it is known or not. Thread-safe.
/// </summary>
internal sealed partial class QueueDirectory(
    Lazy<IConnectionMultiplexer> redis, EvictionGuard eviction, IOptions<FlaskyJobsOptions> options, ILogger<QueueDirectory> logger)
{
    private readonly ConcurrentDictionary<string, bool> queues = new(StringComparer.Ordinal);
    private readonly RedisKey[] keys = [new DirectoryKeys(options.Value.KeyPrefix).Queues];
    private int watching;

    /// <summary>Called once for each queue in a process, before its first job: the hot path does not come here.</summary>
    public void Add(string queue)
    {
        queues[queue] = true;
        if (Interlocked.Exchange(ref watching, 1) == 0)
        {
            // It may have restarted empty.
            redis.Value.ConnectionRestored += (_, _) => _ = TellAsync([.. queues.Keys]);
        }
        _ = eviction.WarnAsync(queue);
        _ = TellAsync([queue]);
    }

    private async Task TellAsync(IReadOnlyList<string> names)
    {
        try
        {
            await LuaScript.Known.RunAsync(redis.Value.GetDatabase(), keys, [DirectoryKeys.MostQueues, .. names]).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage() || e is ObjectDisposedException)
        {
            LogNotTold(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Queues are not made known yet ({Problem}); it is tried again with the next connection")]
    private partial void LogNotTold(string problem);
}
