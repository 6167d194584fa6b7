namespace Flasky.Jobs.Running;

/// <summary>The time until a failed job's next attempt.</summary>
internal static class RetryDelays
{
    /// <summary>Exponential with full jitter, so that jobs which failed together do not come back together.</summary>
    public static TimeSpan Next(int attempt, JobHandlerOptions job, JobWorkerOptions worker)
    {
        var bound = (job.RetryDelay ?? worker.RetryDelay).TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 60));
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(bound, (job.MaxRetryDelay ?? worker.MaxRetryDelay).TotalMilliseconds));
    }
}
