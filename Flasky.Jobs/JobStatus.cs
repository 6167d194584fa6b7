namespace Flasky.Jobs;

/// <summary>What is known of a job at one moment. Immutable.</summary>
public sealed record JobStatus
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>Attempts begun so far; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The last thing the handler reported. Null: nothing yet, or the job is not tracked.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>The last attempt's error, or why the job failed. Null: none.</summary>
    public string? Error { get; init; }

    /// <summary>When it is due, by Redis's clock. Null: it does not wait for a time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The worker that has or had it last. Null: none yet, or the job is not tracked.</summary>
    public string? Worker { get; init; }

    /// <summary>The result as JSON. Null: there is none (yet).</summary>
    public string? Result { get; init; }

    /// <summary>What happened to it, oldest first; the last 32 events of a tracked job, the failed attempts of any other.</summary>
    public required IReadOnlyList<JobEvent> History { get; init; }
}

/// <summary>One thing that happened to a job.</summary>
/// <param name="At">When, by Redis's clock.</param>
/// <param name="State">The state it went to.</param>
/// <param name="Attempt">The attempt it was at.</param>
/// <param name="Worker">The worker it happened in. Null: in none.</param>
/// <param name="Error">What went wrong, at most 4,000 characters. Null: nothing.</param>
public sealed record JobEvent(DateTimeOffset At, JobState State, int Attempt, string? Worker, string? Error);
