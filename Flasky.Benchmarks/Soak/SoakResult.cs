using Flasky.Benchmarks.Soak.Check;
using Flasky.Benchmarks.Soak.Faults;

namespace Flasky.Benchmarks.Soak;

/// <summary>What a run showed.</summary>
/// <param name="Foreign">Settlements by workers that had lost the job, for people.</param>
/// <param name="Settlements">How many were watched.</param>
/// <param name="Leftovers">What should not be in Redis any more, for people.</param>
/// <param name="Troubles">Processes that ended by themselves, or did not end when they were told to, for people.</param>
/// <param name="CutOff">Bytes that Redis had written but not synced, and lost.</param>
/// <param name="DrainSeconds">From the end of the faults until every job had ended.</param>
internal sealed record SoakResult(
    Findings Findings,
    IReadOnlyList<Fault> Faults,
    IReadOnlyCollection<string> Foreign,
    int Settlements,
    IReadOnlyList<string> Leftovers,
    IReadOnlyCollection<string> Troubles,
    long CutOff,
    double DrainSeconds);
