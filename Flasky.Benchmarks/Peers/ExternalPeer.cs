using System.Diagnostics;
using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Peers;

/// <summary>
/// A queue in another language. Its producer takes the time of what it enqueues; what its workers do is seen in Redis, where
/// their libraries keep the jobs that are not settled.
/// </summary>
internal sealed class ExternalPeer(OwnRedis redis, InstalledPeer peer, int jobs) : IPeer
{
    private const int PacedJobs = 250;
    private const int PacedWarmUp = 50;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    private readonly PeerWatch watch = new(redis.Database, peer.Program);
    private readonly int jobs = Math.Max(500, jobs / peer.Program.JobsDivisor);

    public string Id => peer.Program.Id;

    public string Name => $"{peer.Program.Title} {peer.Version}";

    public string Settings => peer.Program.Settings;

    public Samples Samples { get; } = new();

    public async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        var few = jobs / 5;
        await redis.ClearAsync();
        Samples.Add(Names.OneByOne, Rate(few, await ProduceAsync("one", few, warmUp: few / 5, cancellationToken)));

        var warmUp = jobs / 10;
        await redis.ClearAsync();
        var before = await redis.Database.MemoryAsync();
        Samples.Add(Names.Bulk, Rate(jobs, await ProduceAsync("bulk", jobs, warmUp, cancellationToken)));
        // The jobs of the warm-up are as large, and still there.
        Samples.Add(Names.Bytes, (await redis.Database.MemoryAsync() - before) / (double)(jobs + warmUp));
    }

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await FillAsync(jobs, cancellationToken);
        await using (var workers = await PeerWorkers.StartAsync(peer, redis.Port, cancellationToken))
        {
            // The first tenth warms the worker up.
            var left = await watch.UnsettledAsync(atMost: jobs * 9 / 10, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            if (left == 0)
                throw new PeerFailedException($"{Name} had run {jobs} jobs before it could be timed. Give more --jobs.");
            await watch.UnsettledAsync(atMost: 0, cancellationToken);
            Samples.Add(Names.Drain, left / Stopwatch.GetElapsedTime(started).TotalSeconds);

            var produced = await ProduceAsync("bulk", jobs, warmUp: 0, cancellationToken);
            await watch.UnsettledAsync(atMost: 0, cancellationToken);
            Samples.Add(Names.Both, jobs / SecondsSince(produced.Began));
            Samples.Add(Names.LoadMemory, workers.MemoryMb());
        }
        await CountCommandsAsync(cancellationToken);
    }

    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        await redis.ClearAsync();
        await using var workers = await PeerWorkers.StartAsync(peer, redis.Port, cancellationToken);
        Samples.Add(Names.IdleMemory, workers.MemoryMb());

        await ProduceAsync("paced", PacedJobs, warmUp: 0, cancellationToken);
        await watch.LengthAsync("latencies", PacedJobs, cancellationToken);
        foreach (var latency in (await redis.Database.ListRangeAsync("latencies")).Skip(PacedWarmUp))
            Samples.Add(Names.Latency, (long)latency / 1e6);

        using var monitor = await CommandMonitor.StartAsync(redis, cancellationToken);
        await Task.Delay(Watched, cancellationToken);
        Samples.Add(Names.IdleCommands, await monitor.StopAsync(cancellationToken) / Watched.TotalSeconds);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>On a drain of its own, since counting slows it down.</summary>
    private async Task CountCommandsAsync(CancellationToken cancellationToken)
    {
        await FillAsync(jobs / 5, cancellationToken);
        using var monitor = await CommandMonitor.StartAsync(redis, cancellationToken);
        await using var workers = await PeerWorkers.StartAsync(peer, redis.Port, cancellationToken);
        await watch.UnsettledAsync(atMost: 0, cancellationToken);
        Samples.Add(Names.Commands, await monitor.StopAsync(cancellationToken) / (jobs / 5.0));
    }

    private async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        await redis.ClearAsync();
        await ProduceAsync("bulk", count, warmUp: 0, cancellationToken);
    }

    /// <summary>Enqueues with a producer process, until it has ended.</summary>
    private async Task<PeerLine> ProduceAsync(string mode, int count, int warmUp, CancellationToken cancellationToken)
    {
        await using var producer = PeerProcess.Start(peer, redis.Port, "producer", mode, $"{count}", $"{warmUp}");
        var line = await producer.ReadAsync(cancellationToken);
        await producer.EndAsync(cancellationToken);
        return line;
    }

    private static double Rate(int count, PeerLine produced) => count * 1e9 / (produced.Ended - produced.Began);

    /// <summary>The scripts and <see cref="Stopwatch"/> read the same clock of the system.</summary>
    private static double SecondsSince(long nanoseconds) =>
        (Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency) - (nanoseconds / 1e9);
}
