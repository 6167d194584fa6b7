using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Soak.Faults;

namespace Flasky.Benchmarks.Soak;

/// <summary>Turns the findings into figures with targets.</summary>
internal static class SoakTargets
{
    public static IReadOnlyList<Figure> Of(SoakResult result, SoakOptions options)
    {
        var found = result.Findings;
        List<Figure> figures =
        [
            new("jobs acknowledged", found.Acknowledged, "", 0.75 * options.Jobs, Target: "the rest is unknown to its producer, or there was no time"),
            new("jobs whose producer does not know", found.Unknown, ""),
            new("jobs done", found.Done, ""),
            new("jobs dead, with the reason", found.Dead, ""),
            new("  of them parked: handed out too often", found.Parked.Count, ""),
            None("jobs lost", found.Lost.Count, "an acknowledged job ends exactly once"),
            new("jobs lost with what Redis had not synced", found.LostUnsynced.Count, "", Target: "named above; an outbox sends them again"),
            None("jobs that ended wrongly or in two ways", found.EndedWrongly.Count, "each ends as it was to end"),
            None("deliveries that ran twice", found.RanTwice.Count, "each is handed out once"),
            None("jobs that ran too often", found.RanTooOften.Count, $"failures + 1 attempts, each of at most {SoakOptions.MaxDeliveries} deliveries"),
            None("attempts that no failure explains", found.AttemptsUnexplained.Count, "a lost worker spends no attempt"),
            None("jobs that started early", found.StartedEarly.Count, "never before they are due"),
            new("runs of one job, most", found.JobsByRuns.Keys.DefaultIfEmpty().Max(), ""),
            None("settlements by a worker that had lost the job", result.Foreign.Count, "MONITOR: who called the script"),
            new("  of settlements watched", result.Settlements, ""),
            None("left in Redis but configuration", result.Leftovers.Count, "streams and sets empty, else a time to live"),
            None("processes that ended by themselves", result.Troubles.Count, "workers live through every outage"),
            new("from the last fault until all had ended", result.DrainSeconds, "s"),
        ];
        if (!options.Calm)
            figures.AddRange(OfFaults(result));
        return figures;
    }

    private static IEnumerable<Figure> OfFaults(SoakResult result)
    {
        var found = result.Findings;
        yield return new("jobs that stopped workers lost", found.LostByStopped, "");
        yield return new("  of them finished late all the same", found.FinishedLate, "");
        yield return new("jobs of killed workers", found.TakeOvers.Count + found.TakeOversInOutages.Count, "");
        if (found.TakeOvers.Count > 0)
        {
            yield return new("  started elsewhere after, p50", Samples.Percentile(found.TakeOvers, 50), "s");
            yield return new("  p99", Samples.Percentile(found.TakeOvers, 99), "s");
            yield return new("  most", found.TakeOvers.Max(), "s", 10, AtMost: true, "peers: 11 s to an hour, or never");
        }
        if (found.TakeOversInOutages.Count > 0)
            yield return new("  most, where Redis failed meanwhile", found.TakeOversInOutages.Max(), "s");
        foreach (var kind in Enum.GetValues<FaultKind>())
            yield return new($"faults: {kind}", result.Faults.Count(fault => fault.Kind == kind), "");
        yield return new("  unsynced data that Redis lost", result.CutOff / 1024.0, "KiB");
    }

    private static Figure None(string name, int count, string target) => new(name, count, "", 0, AtMost: true, target);
}
