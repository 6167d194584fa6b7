namespace Flasky.Jobs.Running;

/// <summary>How a run ended.</summary>
internal enum JobResult
{
    /// <summary>The handler returned.</summary>
    Succeeded,

    /// <summary>The handler threw; the job runs again after <see cref="JobOutcome.Delay"/>.</summary>
    Retry,

    /// <summary>The job will not run again by itself.</summary>
    Dead,

    /// <summary>The worker is stopping or the lease is lost: nothing is recorded, another worker runs it.</summary>
    Abandoned,
}

/// <param name="Result">How the run ended.</param>
/// <param name="Delay">For <see cref="JobResult.Retry"/>: the time until the next attempt.</param>
/// <param name="Reason">For <see cref="JobResult.Dead"/>: why, for people.</param>
internal readonly record struct JobOutcome(JobResult Result, TimeSpan Delay = default, string Reason = "")
{
    public static readonly JobOutcome Succeeded = new(JobResult.Succeeded);
    public static readonly JobOutcome Abandoned = new(JobResult.Abandoned);

    public static JobOutcome Retry(TimeSpan delay) => new(JobResult.Retry, delay);

    public static JobOutcome Dead(string reason) => new(JobResult.Dead, Reason: reason);
}
