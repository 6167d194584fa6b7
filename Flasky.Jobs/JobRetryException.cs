namespace Flasky.Jobs;

/// <summary>Thrown by a handler to say when a failed job runs again, as a server's Retry-After does. It counts as an attempt.</summary>
/// <param name="delay">How long to wait. Not negative.</param>
/// <param name="message">What failed.</param>
/// <param name="innerException">The error behind it, if any.</param>
public sealed class JobRetryException(TimeSpan delay, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; } = delay >= TimeSpan.Zero
        ? delay : throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay cannot be negative.");
}
