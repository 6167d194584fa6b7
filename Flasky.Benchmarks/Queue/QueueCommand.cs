using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>The command <c>queue</c>: everything in one run on one machine, beside its bound, in interleaved rounds.</summary>
internal static class QueueCommand
{
    public const int Concurrency = 64;

    public static async Task<int> RunAsync(QueueOptions options, CancellationToken cancellationToken)
    {
        await using var redis = await OwnRedis.StartAsync(cancellationToken);
        await using var worker = new WorkerProcess(redis.ConnectionString, Concurrency);
        var samples = await MeasureAsync(redis, worker, options, cancellationToken);
        var figures = Targets.Of(samples);
        Report.Print(figures);
        if (options.Json is { } file)
            await Report.WriteAsync(file, figures, cancellationToken);
        return figures.All(figure => figure.IsMet != false) ? 0 : 1;
    }

    private static async Task<Samples> MeasureAsync(OwnRedis redis, WorkerProcess worker, QueueOptions options, CancellationToken cancellationToken)
    {
        // A round that does not count lets both processes compile what they run.
        using (var warmUp = new Bench(redis, options))
            await RoundAsync(warmUp, worker, cancellationToken);
        using var bench = new Bench(redis, options);
        for (var round = 1; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {options.Rounds}");
            await RoundAsync(bench, worker, cancellationToken);
        }
        if (options.Backlog)
            await Backlogs.RunAsync(bench, worker, cancellationToken);
        if (options.Delayed)
            await DelayedJobs.RunAsync(bench, worker, cancellationToken);
        if (options.Killed)
            await KilledWorkers.RunAsync(bench, cancellationToken);
        if (options.Aot)
            await AotWorker.RunAsync(bench, cancellationToken);
        return bench.Samples;
    }

    private static async Task RoundAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        if (options.Has(QueueOptions.EnqueuePart))
            await Enqueueing.RunAsync(bench);
        else
            await Enqueueing.BoundAsync(bench);
        if (options.Has(QueueOptions.DrainPart))
            await Draining.RunAsync(bench, worker, cancellationToken);
        if (options.Has(QueueOptions.BothPart))
            await Draining.BothAsync(bench, worker, cancellationToken);
        if (options.Has(QueueOptions.IdlePart))
        {
            await Idling.RunAsync(bench, worker, cancellationToken);
            await Idling.MemoryAsync(bench, cancellationToken);
        }
    }
}
