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
    /// <returns>The job's id, once it is in the queue.</returns>
    /// <exception cref="JobQueueUnavailableException">Redis did not take it in time; it may have arrived all the same.</exception>
    Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob;
}
