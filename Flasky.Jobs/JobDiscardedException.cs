namespace Flasky.Jobs;

/// <summary>Thrown by a handler to say that running the job again cannot help: it is kept as failed and never retried.</summary>
public sealed class JobDiscardedException : Exception
{
    /// <summary>Discards the job.</summary>
    /// <param name="message">Why; kept with the failed job for people to read.</param>
    /// <param name="innerException">The error behind it, if any.</param>
    public JobDiscardedException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
