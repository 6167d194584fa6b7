using Flasky.Benchmarks.Soak.Faults;
using Flasky.Benchmarks.Soak.Processes;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>Everything that is known of a run when it is over.</summary>
internal sealed record Evidence
{
    /// <summary>What each job was to do.</summary>
    public required Func<int, JobPlan> PlanOf { get; init; }

    /// <summary>When each job was acknowledged; null: its producer does not know whether it arrived.</summary>
    public required IReadOnlyDictionary<int, TimeSpan?> Sent { get; init; }

    public required IReadOnlyList<Run> Runs { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The dead jobs in Redis, with the reason.</summary>
    public required IReadOnlyDictionary<int, string> Dead { get; init; }
}
