using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>The Redis keys of what is known beside the queues: which there are, and who works on them. They share the hash tag <c>{prefix}</c>.</summary>
internal sealed class DirectoryKeys(string prefix)
{
    /// <summary>Queues known at most; those that nobody used for longest go first.</summary>
    public const int MostQueues = 10_000;

    /// <summary>ZSET queue name by the time in ms at which a worker or a new producer last said it uses it. Bounded by <see cref="MostQueues"/>.</summary>
    public RedisKey Queues { get; } = $"{{{prefix}}}:queues";

    /// <summary>ZSET worker's name by its last heartbeat in ms. The silent ones are removed; has a TTL.</summary>
    public RedisKey Workers { get; } = $"{{{prefix}}}:workers";

    /// <summary>HASH worker's name to what it says of itself (JSON), for the members of <see cref="Workers"/>. Has the same TTL.</summary>
    public RedisKey WorkerInfo { get; } = $"{{{prefix}}}:workers:info";
}
