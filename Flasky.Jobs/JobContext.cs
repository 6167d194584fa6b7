namespace Flasky.Jobs;

/// <summary>What the queue knows of one run of a job. Thread-safe.</summary>
public sealed class JobContext
{
    /// <summary>Where progress goes. Null: nowhere.</summary>
    internal Action<JobProgress>? Reporter { get; init; }

    /// <summary>The job's id; the same on every attempt.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name.</summary>
    public required string Name { get; init; }

    /// <summary>1 for the first attempt; grows by one each time a handler throws.</summary>
    public required int Attempt { get; init; }

    /// <summary>1 for the first hand-out of this attempt; more when a worker lost the job without settling it.</summary>
    public required int Delivery { get; init; }

    /// <summary>When the job was created, by the producer's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The tick of the recurring job that this job was enqueued for, which may be long past. Null: it was for none.</summary>
    public DateTimeOffset? Tick { get; init; }

    /// <summary>
    /// Says how far the job is, for whoever watches it; kept only if the job is tracked. Returns at once and may be called as
    /// often as you like: one report is on its way at a time, and the last one always arrives.
    /// </summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What it does just now; at most 500 characters are kept. Null: nothing to say.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public void ReportProgress(double fraction, string? message = null)
    {
        if (fraction is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Progress is a number from 0 to 1.");
        Reporter?.Invoke(new JobProgress(fraction, message is { Length: > 500 } ? message[..500] : message));
    }
}
