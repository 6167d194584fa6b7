using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Redis;

/// <summary>
/// Counts the commands that others send, a script being one. The server's own statistics count what a script calls as well, so
/// this listens to MONITOR, which slows the server down: nothing may be timed meanwhile.
/// </summary>
internal sealed class CommandMonitor : IDisposable
{
    private const string End = "flasky-monitor-end";

    private readonly TcpClient client = new();
    private readonly IDatabase redis;
    private Task<long> counted = null!;

    private CommandMonitor(IDatabase redis) => this.redis = redis;

    public static async Task<CommandMonitor> StartAsync(OwnRedis redis, CancellationToken cancellationToken)
    {
        var monitor = new CommandMonitor(redis.Database);
        try
        {
            var own = await OwnAddressAsync(redis.Database);
            await monitor.client.ConnectAsync(IPAddress.Loopback, redis.Port, cancellationToken);
            var stream = monitor.client.GetStream();
            await stream.WriteAsync("MONITOR\r\n"u8.ToArray(), cancellationToken);
            var reader = new StreamReader(stream);
            if (await reader.ReadLineAsync(cancellationToken) != "+OK")
                throw new InvalidOperationException("Redis refused MONITOR.");
            monitor.counted = CountAsync(reader, own, cancellationToken);
            return monitor;
        }
        catch
        {
            monitor.Dispose();
            throw;
        }
    }

    /// <summary>Commands since the start.</summary>
    public async Task<long> StopAsync(CancellationToken cancellationToken)
    {
        // Lines come in order: once this one is back, all before it have been counted.
        await redis.ExecuteAsync("ECHO", End);
        return await counted.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
    }

    public void Dispose() => client.Dispose();

    /// <summary>A line reads <c>+1700000000.000001 [0 127.0.0.1:50000] "LPUSH" "key" "value"</c>; inside a script the address is <c>lua</c>.</summary>
    private static async Task<long> CountAsync(StreamReader reader, string own, CancellationToken cancellationToken)
    {
        long count = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var address = line[..(line.IndexOf(']') + 1)];
            if (address.EndsWith($" {own}]", StringComparison.Ordinal))
            {
                if (line.EndsWith($"\"{End}\"", StringComparison.Ordinal))
                    return count;
            }
            else if (!address.EndsWith(" lua]", StringComparison.Ordinal))
            {
                count++;
            }
        }
        throw new InvalidOperationException("Redis ended MONITOR.");
    }

    private static async Task<string> OwnAddressAsync(IDatabase redis)
    {
        var info = (string)(await redis.ExecuteAsync("CLIENT", "INFO"))!;
        return info.Split(' ').First(field => field.StartsWith("addr=", StringComparison.Ordinal))["addr=".Length..];
    }
}
