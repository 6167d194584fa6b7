namespace Flasky.Tests.Topologies;

/// <summary>
/// Which Redis the tests run on. Without the variables: the one that the shared AppHost starts. <c>./test-redis</c> sets them.
/// </summary>
public static class AskedRedis
{
    /// <summary>The server program to start instead, for example another version's. Default: <c>redis-server</c> from the PATH.</summary>
    public static string Program { get; } = Variable("FLASKY_TEST_REDIS_SERVER") ?? "redis-server";

    public static bool IsCluster => Topology == "cluster";

    public static bool IsSentinel => Topology == "sentinel";

    /// <summary>What <see cref="IsCluster"/> being false means for a test.</summary>
    public const string NeedsCluster = "Kills servers of a Redis Cluster of its own: run ./test-redis cluster.";

    /// <summary>What <see cref="IsSentinel"/> being false means for a test.</summary>
    public const string NeedsSentinel = "Kills servers of a Sentinel group of its own: run ./test-redis sentinel.";

    private static string? Topology { get; } = Variable("FLASKY_TEST_REDIS_TOPOLOGY");

    /// <returns>Null if the shared AppHost's Redis will do.</returns>
    /// <exception cref="InvalidOperationException">A variable has a value that means nothing.</exception>
    public static async Task<IRedisTopology?> StartAsync(CancellationToken cancellationToken) => Topology switch
    {
        // Slow to suspect a server: nothing fails here, however long this machine is busy with something else.
        "cluster" => await RedisCluster.StartAsync(TimeSpan.FromSeconds(30), cancellationToken),
        "sentinel" => await StartFailedOverAsync(cancellationToken),
        null => Variable("FLASKY_TEST_REDIS_SERVER") is null ? null : await SingleRedis.StartAsync(cancellationToken),
        _ => throw new InvalidOperationException($"FLASKY_TEST_REDIS_TOPOLOGY is '{Topology}'; it can be 'cluster' or 'sentinel'."),
    };

    /// <summary>The group as it is after a failover: the second server is the master, the first follows it.</summary>
    private static async Task<SentinelGroup> StartFailedOverAsync(CancellationToken cancellationToken)
    {
        var group = await SentinelGroup.StartAsync(TimeSpan.FromSeconds(30), cancellationToken);
        try
        {
            await group.FailOverAsync(cancellationToken);
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
