using System.Diagnostics;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>A worker with nothing to do: what it costs, and how soon it starts a job that comes.</summary>
internal static class Idling
{
    private const int Jobs = 200;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        await bench.Redis.ClearAsync();
        await worker.StartAsync(cancellationToken);
        await LatencyAsync(bench, worker, cancellationToken);

        var before = await worker.ReportAsync(cancellationToken);
        await Task.Delay(Watched, cancellationToken);
        var after = await worker.ReportAsync(cancellationToken);
        bench.Samples.Add(Names.IdleCommands, (after.Commands - before.Commands) / Watched.TotalSeconds);
        bench.Samples.Add(Names.IdleCpu, (after.CpuMs - before.CpuMs) / Watched.TotalMilliseconds * 100);
        await worker.StopAsync(cancellationToken);
    }

    private static async Task LatencyAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        const int WarmUp = 50;
        for (var i = 0; i < WarmUp + Jobs; i++)
        {
            if (i is 0 or WarmUp)
                await worker.ResetAsync(cancellationToken);
            await bench.IdleAsync(cancellationToken);
            await bench.Queue.EnqueueAsync(BenchmarkJob.New(Stopwatch.GetTimestamp()), cancellationToken: cancellationToken);
            await bench.SettledAsync(cancellationToken);
        }
        var report = await worker.StartedAsync(Jobs, cancellationToken);
        foreach (var latency in report.LatenciesMs)
            bench.Samples.Add(Names.Latency, latency);
    }

    /// <summary>Memory of a fresh process: one that has worked keeps what it needed then.</summary>
    public static async Task MemoryAsync(Bench bench, CancellationToken cancellationToken)
    {
        await bench.Redis.ClearAsync();
        await using var worker = new WorkerProcess(bench.Redis.ConnectionString, QueueCommand.Concurrency);
        await worker.StartAsync(cancellationToken);
        await bench.IdleAsync(cancellationToken);
        bench.Samples.Add(Names.IdleMemory, (await worker.ReportAsync(cancellationToken)).ResidentMb);
    }
}
