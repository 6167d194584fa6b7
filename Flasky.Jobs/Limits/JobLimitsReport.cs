namespace Flasky.Jobs;

/// <summary>The limits of one queue and what they do at the moment.</summary>
public sealed record JobLimitsReport
{
    /// <summary>All limits of the queue.</summary>
    public required IReadOnlyDictionary<LimitScope, JobLimit> Limits { get; init; }

    /// <summary>Jobs of the queue that were handed out and are not settled, over all workers.</summary>
    public required int Running { get; init; }

    /// <summary>When the queue's rate lets the next job start. Null: now.</summary>
    public required DateTimeOffset? NextPermit { get; init; }

    /// <summary>Lanes in which jobs wait, those with the most first; at most some 1,000.</summary>
    public required IReadOnlyList<JobLane> Lanes { get; init; }
}

/// <summary>Jobs that wait for their turn together: those of one key, of one limited type, or of both.</summary>
/// <param name="Job">The name of the limited type. Null: jobs of any other.</param>
/// <param name="Key">Their <see cref="EnqueueOptions.LimitKey"/>. Null: they have none.</param>
/// <param name="Waiting">How many.</param>
/// <param name="Gates">What they have to pass, all of it: the key, then the type.</param>
public sealed record JobLane(string? Job, string? Key, int Waiting, IReadOnlyList<JobLaneGate> Gates);

/// <summary>What counts for a lane; other lanes may have to pass it, too.</summary>
/// <param name="Scope">The limit that holds here: for a key its own, its group's or every key's. Null: none is set.</param>
/// <param name="Limit">What it allows. Null: none is set.</param>
/// <param name="Running">Jobs it was passed by that are not settled.</param>
/// <param name="NextPermit">When its rate lets the next job start. Null: now.</param>
public sealed record JobLaneGate(LimitScope? Scope, JobLimit? Limit, int Running, DateTimeOffset? NextPermit)
{
    /// <summary>Whether jobs wait at this gate, and not only for a worker.</summary>
    public bool IsShut => NextPermit is not null || Running >= Limit?.Concurrency;
}
