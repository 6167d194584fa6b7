namespace Flasky.Jobs;

/// <summary>How one job is enqueued; everything is optional.</summary>
public sealed record EnqueueOptions
{
    /// <summary>The queue. Null: the one named by the job's <see cref="JobAttribute"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>
    /// The id to use. Null: a new one. Sending the same id again within a day does nothing, so a sender that does not
    /// know whether its last try arrived can simply repeat it.
    /// </summary>
    public Guid? Id { get; init; }

    /// <summary>Not handed out before this long has passed. Null or zero: at once. Must not be negative.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Not handed out before this time; a time in the past means at once. Null: see <see cref="Delay"/>. Not both.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Not started later than this long after now: then the job ends as <see cref="JobState.Expired"/>. Null: never. Must be positive.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>Null: the one named by the job's <see cref="JobAttribute"/>.</summary>
    public JobPriority? Priority { get; init; }

    /// <summary>Whether the job is tracked; see <see cref="JobAttribute.Tracked"/>. Null: as the job's type says.</summary>
    public bool? Tracked { get; init; }

    /// <summary>Enqueue nothing while there is another job of the same key. Null: any number. Not with <see cref="Debounce"/>.</summary>
    public JobUnique? Unique { get; init; }

    /// <summary>
    /// Whom the job is for, a tenant say: jobs of one key wait in a lane of their own, lanes take turns, and a limit can be set for one key,
    /// for a group of keys or for every key; see <see cref="IJobLimits"/>. What stands before the first colon, as in <c>tenant:42</c>, names the group.
    /// 1 to 200 letters, digits and <c>. : / @ = _ -</c>. Null: the job waits with all others.
    /// </summary>
    public string? LimitKey { get; init; }

    /// <summary>Wait for calm, and run once for many. Null: run for each. Not with <see cref="Unique"/> or a delay.</summary>
    public JobDebounce? Debounce { get; init; }
}
