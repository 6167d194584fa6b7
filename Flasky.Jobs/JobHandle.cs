using Flasky.Jobs.Tracking;

namespace Flasky.Jobs;

/// <summary>
/// One job, seen from any process. Thread-safe; holds nothing open. Waiting costs Redis nothing: the worker tells when something
/// happens, and only a broken connection or half a minute of silence makes the handle look again.
/// </summary>
public class JobHandle
{
    internal JobHandle(JobId id, IJobTracking tracking) => (Id, Tracking) = (id, tracking);

    /// <summary>The job's id.</summary>
    public JobId Id { get; }

    private protected IJobTracking Tracking { get; }

    /// <summary>
    /// What is known of the job now. Null: nothing; it was never tracked and neither waits for its time nor is it dead, or it was
    /// tracked and ended longer ago than <see cref="FlaskyJobsOptions.TrackedFor"/>.
    /// </summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public Task<JobStatus?> GetStatusAsync(CancellationToken cancellationToken = default) => Tracking.ReadAsync(Id, cancellationToken);

    /// <summary>
    /// The status now, then each change of state or progress, until the job has ended. Changes that follow each other closely may
    /// be seen as one; the last is always seen.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is known of the job: it is not tracked, or too long ago.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time. Later failures are waited out.</exception>
    public IAsyncEnumerable<JobStatus> WatchAsync(CancellationToken cancellationToken = default) => Tracking.WatchAsync(Id, cancellationToken);

    /// <summary>Waits until the job has ended, however it did.</summary>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <exception cref="InvalidOperationException">Nothing is known of the job: it is not tracked, or too long ago.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time.</exception>
    public async Task<JobStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        JobStatus? last = null;
        await foreach (var status in WatchAsync(cancellationToken).ConfigureAwait(false))
            last = status;
        return last!;
    }

    /// <summary>Cancels the job, whether it waits, is ready or runs. Doing so twice is harmless.</summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public Task<JobCancellation> CancelAsync(CancellationToken cancellationToken = default) => Tracking.CancelAsync(Id, cancellationToken);
}

/// <summary>One job with a result, seen from any process.</summary>
/// <typeparam name="TResult">As the handler returns it.</typeparam>
public sealed class JobHandle<TResult> : JobHandle
{
    internal JobHandle(JobId id, IJobTracking tracking) : base(id, tracking)
    {
    }

    /// <summary>Waits until the job has ended and returns its result.</summary>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <exception cref="JobFailedException">The job ended in another way than by succeeding.</exception>
    /// <exception cref="InvalidOperationException">Nothing is known of the job: it is too long ago.</exception>
    /// <exception cref="System.Text.Json.JsonException">The result is not of this type.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time.</exception>
    public async Task<TResult> GetResultAsync(CancellationToken cancellationToken = default)
    {
        var status = await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (status is not { State: JobState.Succeeded, Result: { } result })
            throw new JobFailedException(status);
        return System.Text.Json.JsonSerializer.Deserialize(result, Tracking.ResultType<TResult>())!;
    }
}
