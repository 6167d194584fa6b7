using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Queue;

/// <summary>
/// Turns a run's measurements into figures with targets. A target that names a peer is that peer's best figure, recorded on a
/// machine with two cores; ratios to a bound are of this run.
/// </summary>
internal static class Targets
{
    public static IReadOnlyList<Figure> Of(Samples samples, QueueOptions options)
    {
        List<Figure> figures =
        [
            new(Names.OneByOne, samples.Median(Names.OneByOne), "/s", 5 * 2_470, Target: "5 x Celery's recorded 2,470, ahead of Asynq's 11,000"),
            new(Names.OneByOneBound, samples.Median(Names.OneByOneBound), "/s"),
            new("  of the bound", 100 * samples.Ratio(Names.OneByOne, Names.OneByOneBound), "%", 85),
            new(Names.Concurrent, samples.Median(Names.Concurrent), "/s", 3 * 36_500, Target: "3 x BullMQ's recorded 36,500"),
            new(Names.Bulk, samples.Median(Names.Bulk), "/s", 3 * 81_200, Target: "3 x Sidekiq's recorded 81,200"),
            new(Names.BulkBound, samples.Median(Names.BulkBound), "/s"),
            new("  of the bound", 100 * samples.Ratio(Names.Bulk, Names.BulkBound), "%", 80),
            new(Names.Drain, samples.Median(Names.Drain), "/s", 5 * 20_300, Target: "5 x BullMQ's recorded 20,300"),
            new(Names.DrainBound, samples.Median(Names.DrainBound), "/s"),
            new("  of the bound", 100 * samples.Ratio(Names.Drain, Names.DrainBound), "%", 60),
            new(Names.Both, samples.Median(Names.Both), "/s", 5 * 11_000, Target: "5 x BullMQ's recorded 11,000"),
            new($"{Names.Latency}, p50", samples.Percentile(Names.Latency, 50), "ms", 0.35, AtMost: true, "Sidekiq's best recorded: 0.44"),
            new($"{Names.Latency}, p99", samples.Percentile(Names.Latency, 99), "ms", 1.0, AtMost: true, "Sidekiq's best recorded: 0.99"),
            new(Names.Bytes, samples.Median(Names.Bytes), "bytes", 450, AtMost: true, "Sidekiq's recorded 458"),
            new(Names.Commands, samples.Median(Names.Commands), "", 0.2, AtMost: true, "Sidekiq's recorded 1"),
            new(Names.RedisTime, samples.Median(Names.RedisTime), "us", 5, AtMost: true),
            new(Names.IdleCommands, samples.Median(Names.IdleCommands), "/s", 5, AtMost: true),
            new(Names.IdleCpu, samples.Median(Names.IdleCpu), "%", 1, AtMost: true, "about none"),
            new(Names.IdleMemory, samples.Median(Names.IdleMemory), "MB", 60, AtMost: true),
            new(Names.LoadMemory, samples.Percentile(Names.LoadMemory, 100), "MB", 120, AtMost: true),
        ];
        if (options.Backlog)
        {
            figures.Add(new(Names.Backlog, samples.Median(Names.Backlog), "x", 1.2, AtMost: true));
            figures.Add(new(Names.Growth, samples.Median(Names.Growth), "MB", 10, AtMost: true, "none but noise"));
        }
        if (options.Delayed)
        {
            figures.Add(new(Names.Scheduled, samples.Median(Names.Scheduled), "/s", 100_000));
            figures.Add(new($"{Names.Lateness}, p50", samples.Percentile(Names.Lateness, 50), "ms"));
            figures.Add(new($"{Names.Lateness}, p99", samples.Percentile(Names.Lateness, 99), "ms", 20, AtMost: true, "BullMQ's recorded 85"));
            figures.Add(new(Names.Early, samples.Median(Names.Early), "", 0, AtMost: true, "BullMQ's recorded 300"));
        }
        return figures;
    }
}
