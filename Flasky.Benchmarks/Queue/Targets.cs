using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Queue;

/// <summary>
/// Turns a run's measurements into figures with targets. Ratios to a bound are of this run. A target that comes from a peer's best figure,
/// recorded on a machine with two cores, is scaled by how fast this machine is beside that one. What was not measured is left out.
/// </summary>
internal static class Targets
{
    /// <summary>One awaited XADD after another, a second, where the peers were recorded.</summary>
    private const double RecordedPace = 13_600;

    public static IReadOnlyList<Figure> Of(Samples samples)
    {
        var pace = samples.Median(Names.OneByOneBound) / RecordedPace;
        return
        [
            new(Names.Pace, 100 * pace, "%", Target: $"an awaited XADD, beside {RecordedPace:N0}/s where the peers were recorded: their rates x this, times / this"),
            .. Shown(samples, Names.OneByOne, "/s"),
            .. Bound(samples, Names.OneByOne, Names.OneByOneBound, 100 * 5 * 2_470 / RecordedPace, "5 x Celery's recorded 2,470, ahead of Asynq's 11,000"),
            .. AtLeast(samples, Names.Concurrent, "/s", pace * 3 * 36_500, "3 x BullMQ's recorded 36,500"),
            .. AtLeast(samples, Names.Bulk, "/s", pace * 3 * 81_200, "3 x Sidekiq's recorded 81,200"),
            .. Bound(samples, Names.Bulk, Names.BulkBound, 80),
            .. AtLeast(samples, Names.Drain, "/s", pace * 5 * 20_300, "5 x BullMQ's recorded 20,300, 60 x Celery's 1,360"),
            .. Bound(samples, Names.Drain, Names.DrainBound, 60),
            .. AtLeast(samples, Names.Both, "/s", pace * 5 * 11_000, "5 x BullMQ's recorded 11,000"),
            .. AtMost(samples, Names.Latency, "ms", 0.35 / pace, "0.35, Sidekiq's best recorded: 0.44", 50),
            .. AtMost(samples, Names.Latency, "ms", 1.0 / pace, "1, Sidekiq's best recorded: 0.99", 99),
            .. AtMost(samples, Names.Bytes, "bytes", 450, "Sidekiq's recorded 458"),
            .. AtMost(samples, Names.Commands, "", 0.2, "Sidekiq's recorded 1"),
            .. AtMost(samples, Names.RedisTime, "us", 5),
            .. AtMost(samples, Names.IdleCommands, "/s", 5),
            .. AtMost(samples, Names.IdleCpu, "%", 1, "about none"),
            .. AtMost(samples, Names.IdleMemory, "MB", 60),
            .. AtMost(samples, Names.LoadMemory, "MB", 120),
            .. AtMost(samples, Names.AotMemory, "MB", 35),
            .. AtMost(samples, Names.Backlog, "x", 1.2),
            .. AtMost(samples, Names.Growth, "MB", 10, "none but noise"),
            .. AtLeast(samples, Names.Scheduled, "/s", pace * 100_000, "100,000, Sidekiq's recorded 64,300"),
            .. AtMost(samples, Names.Lateness, "ms", 20, "BullMQ's recorded 85", 99),
            .. AtMost(samples, Names.Early, "", 0, "BullMQ's recorded 300"),
            .. AtMost(samples, Names.AtOnce, "s", 2.5 / pace, "2.5, BullMQ's recorded 6.4"),
            .. AtMost(samples, Names.Killed, "s", 10, "BullMQ's recorded 61"),
            .. AtMost(samples, Names.KilledShort, "s", 3, "BullMQ's recorded 11"),
            .. AtMost(samples, Names.Lost, "", 0, "Sidekiq's recorded 10"),
            .. AtMost(samples, Names.RunAgain, "", 0),
        ];
    }

    private static IEnumerable<Figure> Shown(Samples samples, string name, string unit) =>
        samples.Has(name) ? [new(name, samples.Median(name), unit)] : [];

    private static IEnumerable<Figure> AtLeast(Samples samples, string name, string unit, double limit, string source) =>
        samples.Has(name) ? [new(name, samples.Median(name), unit, limit, Target: source)] : [];

    /// <param name="percent">Of the samples; null: the median, by the bare name.</param>
    private static IEnumerable<Figure> AtMost(Samples samples, string name, string unit, double limit, string source = "", double? percent = null) =>
        samples.Has(name)
            ? [new(percent is { } p ? $"{name}, p{p}" : name, samples.Percentile(name, percent ?? 50), unit, limit, AtMost: true, source)]
            : [];

    private static IEnumerable<Figure> Bound(Samples samples, string name, string bound, double percent, string source = "") =>
        samples.Has(name)
            ? [new(bound, samples.Median(bound), "/s"), new("  of the bound", 100 * samples.Ratio(name, bound), "%", percent, Target: source)]
            : [];
}
