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
}
