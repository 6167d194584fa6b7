namespace Flasky.Jobs.Running;

/// <summary>
/// Exponential backoff with full jitter: a random time between zero and a bound that doubles with each attempt. Full
/// jitter spreads jobs that failed together (a server was down) better than a fixed delay with some noise on it.
/// </summary>
internal static class RetryDelays
{
    /// <param name="attempt">The attempt that failed; 1 is the first.</param>
    public static TimeSpan Next(int attempt, JobWorkerOptions options)
    {
        var bound = options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 60));
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(bound, options.MaxRetryDelay.TotalMilliseconds));
    }

    /// <summary>For a job that this worker cannot read yet: the configured delay and up to half of it more, so that many do not come back as one.</summary>
    public static TimeSpan Unreadable(JobWorkerOptions options) => options.UnreadableDelay * (1 + (Random.Shared.NextDouble() / 2));
}
