using System.Net;
using System.Net.Sockets;
using System.Text;
using Flasky.Benchmarks.Redis;

namespace Flasky.Tests.Benchmarks;

public sealed class CommandMonitorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CountsWhatOthersSendAndAScriptAsOne()
    {
        await using var redis = await OwnRedis.StartAsync(Cancellation);
        // The client's second connection is greeted by commands too; they are over once it answers.
        await redis.Connection.GetSubscriber().PingAsync();
        using var other = new TcpClient();
        await other.ConnectAsync(IPAddress.Loopback, redis.Port, Cancellation);
        using var monitor = await CommandMonitor.StartAsync(redis, Cancellation);

        await redis.Database.ExecuteAsync("SET", "own", "not counted");
        Assert.Equal(":1", await AskAsync(other, "RPUSH list \"a ] lua] in a value\""));
        Assert.Equal("$-1", await AskAsync(other, "EVAL \"for i = 1, 5 do redis.call('RPUSH', KEYS[1], i) end\" 1 list"));

        Assert.Equal(2, await monitor.StopAsync(Cancellation));
    }

    private static async Task<string?> AskAsync(TcpClient client, string command)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), Cancellation);
        // Left open, as closing it would close the connection; nothing comes after the line.
        return await new StreamReader(stream, leaveOpen: true).ReadLineAsync(Cancellation);
    }
}
