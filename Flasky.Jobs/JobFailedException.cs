namespace Flasky.Jobs;

/// <summary>A job whose result somebody waits for failed, expired or was cancelled.</summary>
public sealed class JobFailedException : Exception
{
    internal JobFailedException(JobStatus status)
        : base($"Job {status.Name} {status.Id} has no result: it ended as {status.State.ToString().ToLowerInvariant()}{(status.Error is { } error ? $" ({error})" : "")}.") =>
        Status = status;

    /// <summary>How the job ended, with its history.</summary>
    public JobStatus Status { get; }
}
