using System.Text.RegularExpressions;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Soak.Processes;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Soak.Faults;

/// <summary>Kills, stops and cuts off Redis, every quarter of a minute or so.</summary>
internal sealed partial class RedisFaults(OwnRedis redis, AofTail aof, FaultLog log, int seed, CancellationToken whole)
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Random random = new(seed);

    public async Task RunAsync(CancellationToken end)
    {
        while (await random.PauseAsync(10, 20, end))
        {
            switch (random.Next(100))
            {
                case < 30:
                    await KillAsync(FaultKind.RedisKilled);
                    break;
                case < 60:
                    await KillAsync(FaultKind.RedisLostUnsynced);
                    break;
                case < 75:
                    await StopAsync();
                    break;
                default:
                    await CutAsync();
                    break;
            }
        }
    }

    private async Task KillAsync(FaultKind kind)
    {
        var from = MachineClock.Now;
        await redis.KillAsync();
        // A killed process leaves what it wrote to the kernel; a machine that goes with it leaves what was synced.
        if (kind is FaultKind.RedisLostUnsynced)
            aof.CutBack(from - (AofTail.SyncInterval * random.NextDouble()));
        await Task.Delay(TimeSpan.FromSeconds(2 * random.NextDouble()), whole);
        await redis.RestartAsync(whole);
        aof.Forget();
        log.Add(kind, from);
    }

    private async Task StopAsync()
    {
        var from = MachineClock.Now;
        Signal.Send(redis.ProcessId, Signal.Stop);
        await Task.Delay(StopTime, whole);
        Signal.Send(redis.ProcessId, Signal.Continue);
        log.Add(FaultKind.RedisStopped, from);
    }

    /// <summary>Closes the connections of every producer and worker, both for commands and for messages.</summary>
    private async Task CutAsync()
    {
        var from = MachineClock.Now;
        try
        {
            var clients = (string)(await redis.Database.ExecuteAsync("CLIENT", "LIST"))!;
            foreach (var client in Client().Matches(clients).Where(client => !client.Groups["flags"].Value.Contains('O', StringComparison.Ordinal)))
                await redis.Database.ExecuteAsync("CLIENT", "KILL", "ID", client.Groups["id"].Value, "SKIPME", "yes");
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The soak's own connection is still finding back from the fault before: nothing was cut this time.
            return;
        }
        log.Add(FaultKind.ConnectionsCut, from);
    }

    [GeneratedRegex(@"^id=(?<id>\d+) .*? flags=(?<flags>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Client();
}
