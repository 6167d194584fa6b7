using System.Diagnostics;
using Flasky.Benchmarks.Worker;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Queue;

/// <summary>Jobs due evenly over a minute, and all at one instant: how fast they are scheduled and how late they start.</summary>
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
        await bench.RateAsync(Names.Scheduled, Jobs, () =>
            ScheduleAsync(bench, job => start + Ticks(Lead + (Spread * job / Jobs)), cancellationToken));
        var report = await worker.StartedAsync(Jobs, cancellationToken);
        await bench.SettledAsync(cancellationToken);
        foreach (var lateness in report.LatenciesMs)
            bench.Samples.Add(Names.Lateness, lateness);
        // Redis counts due times in whole milliseconds.
        bench.Samples.Add(Names.Early, report.LatenciesMs.Count(lateness => lateness < -1));
        await AtOnceAsync(bench, worker, cancellationToken);
        await worker.StopAsync(cancellationToken);
    }

    private static async Task AtOnceAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        await worker.ResetAsync(cancellationToken);
        var due = Stopwatch.GetTimestamp() + Ticks(Lead);
        await ScheduleAsync(bench, _ => due, cancellationToken);
        var report = await worker.StartedAsync(Jobs, cancellationToken);
        await bench.SettledAsync(cancellationToken);
        bench.Samples.Add(Names.AtOnce, report.LatenciesMs.Max() / 1000);
    }

    /// <summary>One batch is made while the last one is on its way.</summary>
    private static async Task ScheduleAsync(Bench bench, Func<int, long> due, CancellationToken cancellationToken)
    {
        var sent = Task.CompletedTask;
        for (var i = 0; i < Jobs; i += Batch)
        {
            JobEnvelope[] batch = [.. Enumerable.Range(i, Batch).Select(job => Delayed(bench, due(job)))];
            await sent;
            sent = bench.Queue.SendAsync(batch, cancellationToken);
        }
        await sent;
    }

    private static JobEnvelope Delayed(Bench bench, long due) =>
        bench.Queue.Create(BenchmarkJob.New(due), new EnqueueOptions { Delay = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) });

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
