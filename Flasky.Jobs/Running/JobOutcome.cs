namespace Flasky.Jobs.Running;

/// <summary>How a run ended.</summary>
internal enum JobResult
{
    /// <summary>The handler returned.</summary>
    Succeeded,

    /// <summary>The handler threw; the job runs again after <see cref="JobOutcome.Delay"/>.</summary>
    Retry,

    /// <summary>This worker cannot run the job now; it is handed out again after <see cref="JobOutcome.Delay"/> and no attempt is spent.</summary>
    Postponed,

    /// <summary>The job will not run again by itself.</summary>
    Dead,

    /// <summary>The worker is stopping or the lease is lost: nothing is recorded, another worker runs it.</summary>
    Abandoned,
}

/// <param name="Result">How the run ended.</param>
/// <param name="Delay">For <see cref="JobResult.Retry"/> and <see cref="JobResult.Postponed"/>: the time until it is handed out again.</param>
/// <param name="Reason">For <see cref="JobResult.Dead"/> and <see cref="JobResult.Postponed"/>: why, for people.</param>
internal readonly record struct JobOutcome(JobResult Result, TimeSpan Delay = default, string Reason = "")
{
    public static readonly JobOutcome Succeeded = new(JobResult.Succeeded);
    public static readonly JobOutcome Abandoned = new(JobResult.Abandoned);

    public static JobOutcome Retry(TimeSpan delay) => new(JobResult.Retry, delay);

    public static JobOutcome Postponed(TimeSpan delay, string reason) => new(JobResult.Postponed, delay, reason);

    public static JobOutcome Dead(string reason) => new(JobResult.Dead, Reason: reason);
}
