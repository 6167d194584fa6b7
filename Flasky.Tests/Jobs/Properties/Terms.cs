namespace Flasky.Tests.Jobs.Properties;

/// <summary>
/// The times and bounds of the tested queue, in hours. Time moves in whole hours (see <see cref="Timeline"/>) and a run takes far less
/// than one, so the model counts hours and is exact.
/// </summary>
internal static class Terms
{
    public const int Lease = 2;
    public const int DeduplicationWindow = 12;
    /// <summary>A year: how long the mark of a cancelled job is kept that is known to be in the queue; see cancel.lua.</summary>
    public const int MarkedFor = 8760;

    public const int TrackedFor = 6;

    /// <summary>30 days: how long the notes of a job that has not ended are kept after its last event, beyond its delay; see lib/jobs.lua.</summary>
    public const int UnendedFor = 720;

    /// <summary>30 days: a workflow in which nothing happens.</summary>
    public const int WorkflowKeptFor = 720;

    public const int UniqueFor = 8;
    public const int DebounceAtMost = 5;
    public const int MaxAttempts = 3;
    public const int MaxDeliveries = 3;
    public const int DeadCapacity = 3;
    public const int MaxMissed = 3;

    /// <summary>A job handed back is as idle as no held one can be; see release.lua.</summary>
    public const int HandedBackIdle = 24;

    public static readonly TimeSpan Unit = TimeSpan.FromHours(1);
}
