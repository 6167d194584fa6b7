using System.Diagnostics;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>How fast jobs are taken out, run and settled.</summary>
internal static class Draining
{
    public static async Task RunAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        var jobs = bench.Options.Jobs;
        await bench.Redis.ClearAsync();
        await bench.Raw.CreateGroupAsync();
        await bench.Raw.AddPipelinedAsync(jobs);
        await bench.RateAsync(Names.DrainBound, jobs, bench.Raw.DrainAsync);

        await bench.Redis.ClearAsync();
        var drained = await DrainAsync(bench, worker, jobs, cancellationToken);
        bench.Samples.Add(Names.Drain, jobs / drained.Elapsed.TotalSeconds);
        bench.Samples.Add(Names.RedisTime, drained.RedisTime.TotalMicroseconds / jobs);
        bench.Samples.Add(Names.Commands, drained.Report.Commands / (double)jobs);
        bench.Samples.Add(Names.LoadMemory, drained.Report.PeakMb);
    }

    /// <summary>Fills the queue, then starts the worker.</summary>
    public static async Task<Drained> DrainAsync(Bench bench, WorkerProcess worker, int jobs, CancellationToken cancellationToken)
    {
        await bench.FillAsync(jobs);
        await bench.Redis.Database.ResetStatisticsAsync();
        await worker.ResetAsync(cancellationToken);
        await worker.StartAsync(cancellationToken);
        var done = await worker.StartedAsync(jobs, cancellationToken);
        await bench.SettledAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(done.First);
        var spent = await bench.Redis.Database.WorkTimeAsync();
        await worker.StopAsync(cancellationToken);
        return new Drained(elapsed, spent, done);
    }

    /// <summary>A producer and the worker side by side.</summary>
    public static async Task BothAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        await bench.Redis.ClearAsync();
        await worker.ResetAsync(cancellationToken);
        await worker.StartAsync(cancellationToken);
        await bench.RateAsync(Names.Both, bench.Options.Jobs, async () =>
        {
            await bench.FillAsync(bench.Options.Jobs);
            await worker.StartedAsync(bench.Options.Jobs, cancellationToken);
            await bench.SettledAsync(cancellationToken);
        });
        await worker.StopAsync(cancellationToken);
    }
}

/// <param name="Elapsed">From the first handler's start until the last job was settled; the worker's own start does not count.</param>
/// <param name="RedisTime">Time that Redis spent on it.</param>
/// <param name="Report">The worker's, when the last job had started.</param>
internal sealed record Drained(TimeSpan Elapsed, TimeSpan RedisTime, WorkerReport Report);
