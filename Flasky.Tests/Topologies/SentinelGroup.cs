namespace Flasky.Tests.Topologies;

/// <summary>A master, a replica, and three sentinels that promote the replica when the master dies.</summary>
public sealed class SentinelGroup : IRedisTopology
{
    private readonly List<RedisProcess> all = [];

    public RedisProcess First { get; private set; } = null!;

    public RedisProcess Second { get; private set; } = null!;

    /// <summary>Names both servers: the client asks each for its role, and asks again when a connection breaks.</summary>
    public string ConnectionString => $"{First.EndPoint},{Second.EndPoint},configCheckSeconds=1";

    /// <summary>Starts them all; the first server is the master.</summary>
    /// <param name="downAfter">How long the master may be silent before the sentinels call it dead.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SentinelGroup> StartAsync(TimeSpan downAfter, CancellationToken cancellationToken)
    {
        var group = new SentinelGroup();
        try
        {
            group.all.Add(group.First = await RedisProcess.StartAsync(["--repl-diskless-sync-delay", "0"], cancellationToken));
            group.all.Add(group.Second = await RedisProcess.StartAsync(
                ["--repl-diskless-sync-delay", "0", "--replicaof", "127.0.0.1", $"{group.First.Port}"], cancellationToken));
            await group.Second.WaitForAsync("INFO replication", "master_link_status:up", cancellationToken);
            await group.StartSentinelsAsync(downAfter, cancellationToken);
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the second server the master; returns when the first follows it.</summary>
    public async Task FailOverAsync(CancellationToken cancellationToken)
    {
        await all[^1].TellAsync("SENTINEL FAILOVER flasky", cancellationToken);
        await Second.WaitForAsync("INFO replication", "role:master", cancellationToken);
        await First.WaitForAsync("INFO replication", "role:slave", cancellationToken);
        await First.WaitForAsync("INFO replication", "master_link_status:up", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in all)
            await server.DisposeAsync();
    }

    private async Task StartSentinelsAsync(TimeSpan downAfter, CancellationToken cancellationToken)
    {
        var configuration = $"""
            sentinel monitor flasky 127.0.0.1 {First.Port} 2
            sentinel down-after-milliseconds flasky {downAfter.TotalMilliseconds:0}
            sentinel failover-timeout flasky 10000

            """;
        for (var i = 0; i < 3; i++)
            all.Add(await RedisProcess.StartSentinelAsync(configuration, cancellationToken));
        foreach (var sentinel in all.Skip(2))
            await sentinel.WaitForAsync("INFO sentinel", "status=ok,address=" + First.EndPoint + ",slaves=1,sentinels=3", cancellationToken);
    }
}
