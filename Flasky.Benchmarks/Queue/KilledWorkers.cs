using System.Diagnostics;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>
/// A worker is killed (SIGKILL) amid its jobs and another one started: when all are done, whether any is lost, and what ran twice. That a worker
/// which was only stopped settles nothing it has lost is shown by the command <c>soak</c>.
/// </summary>
internal static class KilledWorkers
{
    private const int Jobs = 200;
    private const int Concurrency = 10;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await RunAsync(bench, Names.Killed, lease: null, cancellationToken);
        await RunAsync(bench, Names.KilledShort, TimeSpan.FromSeconds(1), cancellationToken);
    }

    private static async Task RunAsync(Bench bench, string name, TimeSpan? lease, CancellationToken cancellationToken)
    {
        var redis = bench.Redis.Database;
        await bench.Redis.ClearAsync();
        await using var killed = new WorkerProcess(bench.Redis.ConnectionString, Concurrency);
        await killed.StartAsync(cancellationToken, lease);
        await bench.Queue.EnqueueManyAsync(Enumerable.Range(0, Jobs).Select(number => new NotingJob(number)), cancellationToken: cancellationToken);
        while (await redis.ListLengthAsync(NotingJob.Ended) < Jobs / 4)
            await Task.Delay(2, cancellationToken);
        await killed.KillAsync();

        var at = Stopwatch.GetTimestamp();
        // Jobs leave their stream when they are settled, so what it lacks is what the dead worker had settled of what it had started.
        var left = (long)await redis.ExecuteAsync("XLEN", bench.Keys.Ready());
        var running = await redis.ListLengthAsync(NotingJob.Started) - (Jobs - left);
        await using var other = new WorkerProcess(bench.Redis.ConnectionString, Concurrency);
        await other.StartAsync(cancellationToken, lease);
        await bench.SettledAsync(cancellationToken);
        bench.Samples.Add(name, Stopwatch.GetElapsedTime(at).TotalSeconds);

        var started = (await redis.ListRangeAsync(NotingJob.Started)).CountBy(number => (int)number).ToList();
        var ended = (await redis.ListRangeAsync(NotingJob.Ended)).Distinct().Count();
        bench.Samples.Add(Names.Lost, Jobs - ended);
        bench.Samples.Add(Names.RunAgain, Math.Max(0, started.Sum(job => job.Value - 1) - running));
    }
}
