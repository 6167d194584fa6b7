using Flasky.Benchmarks.Soak.Faults;
using Flasky.Benchmarks.Soak.Processes;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>Judges a run by what its processes recorded. Pure: the same evidence gives the same findings.</summary>
internal sealed class Checker(Evidence evidence)
{
    /// <summary>What a crash of Redis may undo: a second that is not synced, and as much again for a write that waits for a slow disk.</summary>
    public static readonly TimeSpan Unsynced = TimeSpan.FromSeconds(2);

    /// <summary>Due times are whole milliseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    private readonly Fault[] crashes = [.. evidence.Faults.Where(fault => fault.MayLose)];
    private readonly Fault[] terminations = [.. evidence.Faults.Where(fault => fault.Kind is FaultKind.WorkerTerminated)];
    private readonly Dictionary<int, Run[]> runs = evidence.Runs.GroupBy(run => run.Job)
        .ToDictionary(job => job.Key, job => job.OrderBy(run => run.Started).ToArray());

    public Findings Check()
    {
        var acknowledged = evidence.Sent.Where(job => job.Value is not null).ToArray();
        var gone = acknowledged.Where(job => !IsDone(job.Key) && !evidence.Dead.ContainsKey(job.Key)).ToLookup(job => MayBeUndone(job.Value!.Value), job => job.Key);
        var takeOvers = new TakeOvers(evidence, runs);
        return new Findings
        {
            Acknowledged = acknowledged.Length,
            Unknown = evidence.Sent.Count - acknowledged.Length,
            Done = runs.Keys.Count(job => IsDone(job) && !evidence.Dead.ContainsKey(job)),
            Dead = evidence.Dead.Count,
            Parked = [.. evidence.Dead.Keys.Where(IsParked).Order()],
            Lost = [.. gone[false].Order()],
            LostUnsynced = [.. gone[true].Order()],
            EndedWrongly = [.. runs.Keys.Union(evidence.Dead.Keys).Where(EndedWrongly).Order()],
            RanTwice = JobsWhere(RanTwice),
            RanTooOften = JobsWhere(RanTooOften),
            AttemptsUnexplained = JobsWhere(job => job.Any(run => run.Attempt > 1 && !job.Any(earlier => IsFailureBefore(earlier, run)))),
            StartedEarly = JobsWhere(job => job.Any(run => run.Started < run.Due - Rounding)),
            JobsByRuns = runs.Values.CountBy(job => job.Length).ToDictionary(),
            TakeOvers = takeOvers.WhileRedisWasWell,
            TakeOversInOutages = takeOvers.InOutages,
            LostByStopped = takeOvers.LostByStopped.Count,
            FinishedLate = takeOvers.LostByStopped.Count(run => run.End is not RunEnd.None and not RunEnd.Stopped),
        };
    }

    private IReadOnlyList<int> JobsWhere(Predicate<Run[]> predicate) => [.. runs.Where(job => predicate(job.Value)).Select(job => job.Key).Order()];

    private bool IsDone(int job) => runs.TryGetValue(job, out var all) && Array.Exists(all, run => run.End is RunEnd.Succeeded);

    private bool IsParked(int job) => evidence.Dead[job].StartsWith("Handed out", StringComparison.Ordinal);

    private bool EndedWrongly(int job)
    {
        if (!evidence.Sent.ContainsKey(job))
            return true;
        var endsDead = evidence.PlanOf(job).EndsDead;
        return evidence.Dead.ContainsKey(job) ? !IsParked(job) && (!endsDead || IsDone(job)) : endsDead && IsDone(job);
    }

    /// <summary>Each delivery of each attempt is handed out once, unless Redis forgot that it was, or the worker gave it back at its end.</summary>
    private bool RanTwice(Run[] job) => job.GroupBy(run => (run.Attempt, run.Delivery))
        .Any(delivery => delivery.SkipLast(1).Any(run => !MayBeUndone(run.Started) && !WasHandedBack(run)));

    private bool RanTooOften(Run[] job)
    {
        var attempts = evidence.PlanOf(job[0].Job).Attempts;
        return Array.Exists(job, run => run.Attempt > attempts || run.Delivery > SoakOptions.MaxDeliveries);
    }

    private static bool IsFailureBefore(Run earlier, Run run) =>
        earlier.Attempt == run.Attempt - 1 && earlier.End is RunEnd.Failed && earlier.Ended <= run.Started;

    private bool WasHandedBack(Run run) => Array.Exists(terminations, stop =>
        stop.Process == run.Process && (run.Ended is null || run.Ended >= stop.From));

    private bool MayBeUndone(TimeSpan time) => Array.Exists(crashes, crash => time >= crash.From - Unsynced && time <= crash.Until);
}
