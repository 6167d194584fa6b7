using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>Whether a job costs more when many wait behind it.</summary>
internal static class Backlogs
{
    private const int Short = 10_000;
    private const int Long = 1_000_000;

    public static async Task RunAsync(Bench bench, WorkerProcess worker, CancellationToken cancellationToken)
    {
        var costs = new List<double>();
        // A short backlog is over in a moment, so it gets as many tries as make its median trustworthy.
        for (var i = 0; i < 11; i++)
            costs.Add(await CostAsync(Short));
        var before = await worker.ReportAsync(cancellationToken);
        bench.Samples.Add(Names.Backlog, await CostAsync(Long) / Reporting.Samples.Percentile(costs, 50));
        var after = await worker.ReportAsync(cancellationToken);
        bench.Samples.Add(Names.Growth, after.ResidentMb - before.ResidentMb);

        async Task<double> CostAsync(int jobs)
        {
            await bench.Redis.ClearAsync();
            return (await Draining.DrainAsync(bench, worker, jobs, cancellationToken)).Elapsed.TotalMicroseconds / jobs;
        }
    }
}
