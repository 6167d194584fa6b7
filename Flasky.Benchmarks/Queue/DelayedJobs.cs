using System.Diagnostics;
using Flasky.Benchmarks.Worker;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Queue;

/// <summary>Jobs due evenly over a minute: how fast they are scheduled and how late they start.</summary>
internal static class DelayedJobs
{
    private const int Jobs = 100_000;
    private const int Batch = 1000;

    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        await bench.Redis.ClearAsync();
        await worker.ResetAsync(cancellationToken);
        await worker.StartAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await bench.RateAsync(Names.Scheduled, Jobs, async () =>
        {
            for (var i = 0; i < Jobs; i += Batch)
                await bench.Queue.SendAsync([.. Enumerable.Range(i, Batch).Select(job => Delayed(bench, start, job))], cancellationToken);
        });
        var report = await worker.StartedAsync(Jobs, cancellationToken);
        await worker.StopAsync(cancellationToken);
        foreach (var lateness in report.LatenciesMs)
            bench.Samples.Add(Names.Lateness, lateness);
        // Redis counts due times in whole milliseconds.
        bench.Samples.Add(Names.Early, report.LatenciesMs.Count(lateness => lateness < -1));
    }

    private static JobEnvelope Delayed(Bench bench, long start, int job)
    {
        var due = start + (long)((Lead + (Spread * job / Jobs)).TotalSeconds * Stopwatch.Frequency);
        return bench.Queue.Create(BenchmarkJob.New(due), new EnqueueOptions { Delay = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) });
    }
}
