namespace Flasky.Jobs;

/// <summary>
/// Changes and shows limits at run time, from any process. What is set holds for every worker at its next look, a few milliseconds later;
/// jobs that run already are not stopped. A singleton; safe for concurrent use. Every method throws
/// <see cref="JobQueueUnavailableException"/> when Redis does not answer in time, and may be repeated.
/// </summary>
public interface IJobLimits
{
    /// <summary>Sets the limit of <paramref name="scope"/>, in place of the one there is. What code declares is put back when a process that declares it starts.</summary>
    Task SetAsync(LimitScope scope, JobLimit limit, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>Removes the limit of <paramref name="scope"/>.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(LimitScope scope, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>What is limited, and who waits because of what.</summary>
    Task<JobLimitsReport> ShowAsync(string queue = "default", CancellationToken cancellationToken = default);
}
