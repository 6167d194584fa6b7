namespace Flasky.Benchmarks.Soak.Check;

/// <summary>What the checker makes of the evidence.</summary>
internal sealed record Findings
{
    public required int Acknowledged { get; init; }

    /// <summary>Jobs whose producer does not know whether they arrived.</summary>
    public required int Unknown { get; init; }

    /// <summary>Jobs that ended well.</summary>
    public required int Done { get; init; }

    /// <summary>Jobs that ended dead, as planned or by <see cref="Parked"/>.</summary>
    public required int Dead { get; init; }

    /// <summary>Jobs that were handed out too often without being settled.</summary>
    public required IReadOnlyList<int> Parked { get; init; }

    /// <summary>Acknowledged, but never ended, and no crash of Redis excuses it.</summary>
    public required IReadOnlyList<int> Lost { get; init; }

    /// <summary>Acknowledged right before Redis crashed, and gone with what it had not synced: an outbox sends these again.</summary>
    public required IReadOnlyList<int> LostUnsynced { get; init; }

    /// <summary>Jobs that ended otherwise than planned, or in two ways.</summary>
    public required IReadOnlyList<int> EndedWrongly { get; init; }

    /// <summary>Jobs of which one delivery ran twice.</summary>
    public required IReadOnlyList<int> RanTwice { get; init; }

    /// <summary>Jobs that ran more attempts, or more deliveries of an attempt, than are allowed.</summary>
    public required IReadOnlyList<int> RanTooOften { get; init; }

    /// <summary>Jobs with an attempt that no failure of the attempt before explains.</summary>
    public required IReadOnlyList<int> AttemptsUnexplained { get; init; }

    /// <summary>Jobs that started before they were due.</summary>
    public required IReadOnlyList<int> StartedEarly { get; init; }

    /// <summary>How many jobs had so many runs.</summary>
    public required IReadOnlyDictionary<int, int> JobsByRuns { get; init; }

    /// <summary>From the SIGKILL of a worker until a job it ran started elsewhere, in seconds, while Redis was well.</summary>
    public required IReadOnlyList<double> TakeOvers { get; init; }

    /// <summary>The same where Redis failed meanwhile.</summary>
    public required IReadOnlyList<double> TakeOversInOutages { get; init; }

    /// <summary>Jobs that stopped workers ran and that others had taken over when they woke up.</summary>
    public required int LostByStopped { get; init; }

    /// <summary>Those of <see cref="LostByStopped"/> whose handler finished all the same, so that its worker tried to settle or knew better.</summary>
    public required int FinishedLate { get; init; }
}
