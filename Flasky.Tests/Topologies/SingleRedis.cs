namespace Flasky.Tests.Topologies;

/// <summary>One server.</summary>
public sealed class SingleRedis : IRedisTopology
{
    private readonly RedisProcess server;

    private SingleRedis(RedisProcess server) => this.server = server;

    public string ConnectionString => server.EndPoint;

    public static async Task<SingleRedis> StartAsync(CancellationToken cancellationToken) =>
        new(await RedisProcess.StartAsync([], cancellationToken));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
