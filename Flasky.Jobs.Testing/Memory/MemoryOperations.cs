using Flasky.Jobs.Tracking;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>
/// Operating queues is not simulated: each method says so, and what to do instead. Only a job can be cancelled. Thread-safe.
/// </summary>
internal sealed class MemoryOperations(IJobTracking tracking) : IJobOperations
{
    public Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken = default) => tracking.CancelAsync(id, cancellationToken);

    public Task<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<IReadOnlyList<JobWorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task DrainAsync(string queue, bool alsoDelayed = false, IProgress<QueueStatistics>? progress = null, CancellationToken cancellationToken = default) =>
        throw NotSimulated();

    public Task<long> PurgeAsync(string queue, IReadOnlyCollection<JobState> states, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<JobPage> ListAsync(string queue, JobQuery query, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<JobRetries> RetryAsync(JobId id, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<JobRetries> RetryDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<bool> DeleteDeadAsync(JobId id, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<long> DeleteDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) => throw NotSimulated();

    public Task<long> TrimDeadAsync(string queue, int? keep, TimeSpan? olderThan = null, CancellationToken cancellationToken = default) => throw NotSimulated();

    private static NotSupportedException NotSimulated() => new(
        "The queue in memory has no IJobOperations but CancelAsync. Look at jobs through TestJobs and IJobQueue.Find, put an IJobOperations of the test's own in place after AddJobTesting(), or test against a Redis.");
}
