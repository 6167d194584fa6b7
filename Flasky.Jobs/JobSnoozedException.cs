namespace Flasky.Jobs;

/// <summary>
/// Thrown by a handler to say: not now. The job runs again after <paramref name="delay"/>, and this run counts as no attempt.
/// Nothing but the job's expiry ends a job that snoozes for ever.
/// </summary>
/// <param name="delay">How long to wait. Zero: as soon as possible. Not negative.</param>
/// <param name="message">Why; for people.</param>
public sealed class JobSnoozedException(TimeSpan delay, string message = "The job asked to run later.") : Exception(message)
{
    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; } = delay >= TimeSpan.Zero
        ? delay : throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay cannot be negative.");
}
