namespace Flasky.Jobs;

/// <summary>Some jobs of one state. Immutable.</summary>
public sealed record JobPage
{
    /// <summary>
    /// The jobs: waiting ones by due time, dead ones from the newest, ready and running ones by priority and from the oldest, those of lanes behind the
    /// others and from the oldest. It may be empty although there are more: a page looks at no more than about 10,000 jobs, so that a filter that nothing fits costs little.
    /// </summary>
    public required IReadOnlyList<JobSummary> Jobs { get; init; }

    /// <summary>For <see cref="JobQuery.After"/>. It stays good when jobs come and go. Null: that was all.</summary>
    public string? Next { get; init; }

    /// <summary>Jobs looked at for this page.</summary>
    public required int LookedAt { get; init; }
}

/// <summary>A job in a list. Immutable.</summary>
public sealed record JobSummary
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name, with the version behind it from version 2 on.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>Its priority.</summary>
    public required JobPriority Priority { get; init; }

    /// <summary>Failed attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was created, by its producer's clock. Null: what Redis has is no job.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it is due (waiting), became ready (ready, running) or failed (dead), by the clock of Redis.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The worker that runs it. Null: none does.</summary>
    public string? Worker { get; init; }

    /// <summary>How often the running attempt was handed out. Zero: it does not run.</summary>
    public int Deliveries { get; init; }

    /// <summary>Why it is dead, or the last failed attempt's error. Null: neither.</summary>
    public string? Error { get; init; }

    /// <summary>The arguments as they are stored, the first 1,000 bytes of them; see <see cref="ArgumentsBytes"/>.</summary>
    public required string Arguments { get; init; }

    /// <summary>How many bytes all of the arguments have.</summary>
    public required int ArgumentsBytes { get; init; }
}

/// <summary>All that is known of one job. Immutable.</summary>
public sealed record JobDetails
{
    /// <summary>State, attempts, error, result and history.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Its priority. Null: it has ended, and that is not kept.</summary>
    public JobPriority? Priority { get; init; }

    /// <summary>When it was created, by its producer's clock. Null: as for <see cref="Priority"/>.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The arguments as they are stored, all of them. Null: as for <see cref="Priority"/>.</summary>
    public string? Arguments { get; init; }

    /// <summary>What it takes along; see docs/context.md.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
}

/// <summary>What retrying many jobs came to.</summary>
/// <param name="Retried">Jobs that are ready again.</param>
/// <param name="Refused">Jobs that stay dead, because another job has their unique key now.</param>
public sealed record JobRetries(long Retried, long Refused);
