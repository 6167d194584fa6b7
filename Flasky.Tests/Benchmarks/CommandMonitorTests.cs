using Flasky.Benchmarks.Redis;
using StackExchange.Redis;

namespace Flasky.Tests.Benchmarks;

public sealed class CommandMonitorTests
{
    [Fact]
    public async Task CountsWhatOthersSendAndAScriptAsOne()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var redis = await OwnRedis.StartAsync(cancellation);
        using var other = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var database = other.GetDatabase();
        // Connecting sends commands of its own; none is left once this has been answered.
        await database.ExecuteAsync("ECHO", "connected");
        using var monitor = await CommandMonitor.StartAsync(redis, cancellation);

        await redis.Database.ExecuteAsync("SET", "own", "not counted");
        await database.ExecuteAsync("RPUSH", "list", "a ] \"lua]\" in a value");
        await database.ExecuteAsync("EVAL", "for i = 1, 5 do redis.call('RPUSH', KEYS[1], i) end", 1, "list");

        Assert.Equal(2, await monitor.StopAsync(cancellation));
    }
}
