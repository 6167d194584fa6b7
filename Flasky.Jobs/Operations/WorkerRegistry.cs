using System.Text.Json;
using Flasky.Jobs.Redis;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>The workers and the queues of one application, as they are known in Redis; each method is one script or command. Thread-safe.</summary>
internal sealed class WorkerRegistry(IDatabase redis, DirectoryKeys keys)
{
    /// <summary>How often a worker says that it lives.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LiveFor = 3 * Heartbeat;
    private static readonly TimeSpan ListedFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private const int MostListed = 1000;

    private readonly RedisKey[] presenceKeys = [keys.Workers, keys.WorkerInfo, keys.Queues];

    public Task SetAsync(JobWorkerInfo worker) =>
        TellAsync(worker.Name, JsonSerializer.Serialize(worker, JobWorkerInfoContext.Default.JobWorkerInfo), worker.Queues);

    public Task RemoveAsync(string name) => TellAsync(name, "", []);

    /// <returns>The freshest first; at most 1,000.</returns>
    public async Task<IReadOnlyList<JobWorkerInfo>> ListAsync()
    {
        var reply = (RedisResult[])(await LuaScript.Workers.RunAsync(redis, [keys.Workers, keys.WorkerInfo], [MostListed]).ConfigureAwait(false))!;
        var now = DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]);
        return [.. ((RedisResult[])reply[1]!).Select(worker => Read((RedisResult[])worker!, now)).OfType<JobWorkerInfo>()];
    }

    /// <returns>By name.</returns>
    public async Task<IReadOnlyList<string>> QueuesAsync() =>
        [.. (await redis.SortedSetRangeByRankAsync(keys.Queues).ConfigureAwait(false)).Select(name => (string)name!).Order(StringComparer.Ordinal)];

    private Task<RedisResult> TellAsync(string name, string info, IReadOnlyList<string> queues) => LuaScript.Presence.RunAsync(redis, presenceKeys,
        [name, info, (long)ListedFor.TotalMilliseconds, (long)KeptFor.TotalMilliseconds, DirectoryKeys.MostQueues, .. queues]);

    /// <returns>Null: another version wrote it in a way that this one cannot read.</returns>
    private static JobWorkerInfo? Read(RedisResult[] worker, DateTimeOffset now)
    {
        try
        {
            var seen = DateTimeOffset.FromUnixTimeMilliseconds((long)(double)worker[1]);
            return JsonSerializer.Deserialize((string)worker[2]!, JobWorkerInfoContext.Default.JobWorkerInfo) is { } info
                ? info with { SeenAt = seen, IsLive = now - seen < LiveFor } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
