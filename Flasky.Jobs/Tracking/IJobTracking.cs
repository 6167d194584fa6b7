using System.Text.Json.Serialization.Metadata;

namespace Flasky.Jobs.Tracking;

/// <summary>Where handles read from. Thread-safe.</summary>
internal interface IJobTracking
{
    /// <summary>Null: nothing is known of the job.</summary>
    Task<JobStatus?> ReadAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The status now, and again whenever it has changed, until the job has ended.</summary>
    IAsyncEnumerable<JobStatus> WatchAsync(JobId id, CancellationToken cancellationToken);

    Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken);

    JsonTypeInfo<TResult> ResultType<TResult>();
}
