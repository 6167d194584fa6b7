using Flasky.Benchmarks.Soak.Faults;
using Flasky.Benchmarks.Soak.Processes;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>What became of the jobs of workers that were killed or stopped.</summary>
internal sealed class TakeOvers
{
    /// <summary>Clients need a moment to find back to a Redis that was away.</summary>
    private static readonly TimeSpan Reconnecting = TimeSpan.FromSeconds(3);

    private readonly Evidence evidence;
    private readonly List<double> well = [];
    private readonly List<double> inOutages = [];
    private readonly List<Run> lostByStopped = [];

    public TakeOvers(Evidence evidence, IReadOnlyDictionary<int, Run[]> runs)
    {
        this.evidence = evidence;
        var byProcess = evidence.Runs.ToLookup(run => run.Process);
        foreach (var fault in evidence.Faults)
        {
            if (fault.Kind is FaultKind.WorkerKilled)
                AddKilled(fault, byProcess[fault.Process], runs);
            else if (fault.Kind is FaultKind.WorkerStopped)
                lostByStopped.AddRange(byProcess[fault.Process].Where(run => IsRunningAt(run, fault.From) && TakenOver(run, runs[run.Job]) < fault.Until));
        }
    }

    public IReadOnlyList<double> WhileRedisWasWell => well;

    public IReadOnlyList<double> InOutages => inOutages;

    public IReadOnlyList<Run> LostByStopped => lostByStopped;

    private void AddKilled(Fault kill, IEnumerable<Run> held, IReadOnlyDictionary<int, Run[]> runs)
    {
        // What another worker had taken over before is no job of the killed one any more.
        foreach (var run in held.Where(run => run.Ended is null && !(TakenOver(run, runs[run.Job]) < kill.From)))
        {
            // A job that never runs again was parked or is lost, and is counted as such.
            if (Array.Find(runs[run.Job], next => next.Started > kill.From) is not { } next)
                continue;
            var outage = evidence.Faults.Any(fault => fault.IsOfRedis && fault.From < next.Started && fault.Until + Reconnecting > kill.From);
            (outage ? inOutages : well).Add((next.Started - kill.From).TotalSeconds);
        }
    }

    private static bool IsRunningAt(Run run, TimeSpan time) => run.Started < time && !(run.Ended < time);

    private static TimeSpan? TakenOver(Run run, Run[] job) =>
        Array.Find(job, next => next.Started > run.Started && next.Process != run.Process)?.Started;
}
