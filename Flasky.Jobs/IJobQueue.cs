namespace Flasky.Jobs;

/// <summary>Where jobs are handed in. A singleton; safe for concurrent use.</summary>
public interface IJobQueue
{
    /// <summary>
    /// Serialises a job and captures the current trace context, without any I/O. For an outbox: store the envelope in the
    /// transaction, send it after the commit.
    /// </summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="TJob"/> has no <see cref="JobAttribute"/>.</exception>
    JobEnvelope Create<TJob>(TJob job, EnqueueOptions? options = null) where TJob : IJob;

    /// <summary>
    /// Hands envelopes to Redis. When it returns, every one is in the queue. Repeating it with the same envelopes is
    /// harmless.
    /// </summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not take them in time; some may have arrived all the same.</exception>
    Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default);

    /// <summary>Creates and sends one job.</summary>
    /// <returns>
    /// The job's id, once it is in the queue; that of the job there is already, if this one is not unique or was debounced.
    /// </returns>
    /// <exception cref="JobQueueUnavailableException">Redis did not take it in time; it may have arrived all the same.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or the arguments are too large.</exception>
    Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob;

    /// <summary>
    /// Creates and sends many jobs of one type, pipelined: their number costs bandwidth, not round trips. Any number; what
    /// is not on its way yet waits in memory, as <paramref name="jobs"/>, not as serialised text.
    /// </summary>
    /// <param name="options">Holds for each job. An <see cref="EnqueueOptions.Id"/> is refused: ids are unique.</param>
    /// <returns>The jobs' ids in their order, once all are in the queue.</returns>
    /// <exception cref="JobQueueUnavailableException">Redis did not take them all in time; some may have arrived all the same.</exception>
    Task<IReadOnlyList<JobId>> EnqueueManyAsync<TJob>(
        IEnumerable<TJob> jobs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob;

    /// <summary>Creates and sends one job whose handler returns something.</summary>
    /// <returns>What to await the result by, once the job is in the queue.</returns>
    /// <exception cref="JobQueueUnavailableException">Redis did not take it in time; it may have arrived all the same.</exception>
    Task<JobHandle<TResult>> EnqueueForResultAsync<TResult>(
        IJob<TResult> job, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>What to watch, await or cancel a job by, from any process. Asks nobody whether there is one.</summary>
    JobHandle Find(JobId id);

    /// <summary>As <see cref="Find(JobId)"/>, for a job with a result.</summary>
    /// <typeparam name="TResult">As the handler returns it.</typeparam>
    JobHandle<TResult> Find<TResult>(JobId id);
}
