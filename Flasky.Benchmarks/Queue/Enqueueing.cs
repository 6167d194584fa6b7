using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>How fast jobs are handed in while nobody takes them out.</summary>
internal static class Enqueueing
{
    private const int Callers = 100;

    public static async Task RunAsync(Bench bench)
    {
        var few = Few(bench);
        await BoundAsync(bench);
        await bench.RateAsync(Names.OneByOne, few, () => OneByOneAsync(bench, few));
        await bench.Redis.ClearAsync();
        await bench.RateAsync(Names.Concurrent, bench.Options.Jobs,
            () => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => OneByOneAsync(bench, bench.Options.Jobs / Callers))));
        await bench.Redis.ClearAsync();
        await bench.RateAsync(Names.BulkBound, bench.Options.Jobs, () => bench.Raw.AddPipelinedAsync(bench.Options.Jobs));
        await bench.Redis.ClearAsync();
        var before = await bench.Redis.Database.MemoryAsync();
        await bench.RateAsync(Names.Bulk, bench.Options.Jobs, () => bench.FillAsync(bench.Options.Jobs));
        bench.Samples.Add(Names.Bytes, (await bench.Redis.Database.MemoryAsync() - before) / (double)bench.Options.Jobs);
    }

    /// <summary>The least that one caller's enqueue takes; also tells how fast the machine is.</summary>
    public static async Task BoundAsync(Bench bench)
    {
        var few = Few(bench);
        await bench.Redis.ClearAsync();
        await bench.RateAsync(Names.OneByOneBound, few, () => bench.Raw.AddOneByOneAsync(few));
    }

    private static int Few(Bench bench) => Math.Max(1, bench.Options.Jobs / 10);

    private static async Task OneByOneAsync(Bench bench, int jobs)
    {
        for (var i = 0; i < jobs; i++)
            await bench.Queue.EnqueueAsync(BenchmarkJob.New());
    }
}
