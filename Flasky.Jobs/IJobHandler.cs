namespace Flasky.Jobs;

/// <summary>
/// Runs one kind of job. Resolved from dependency injection in a scope of its own for every run, so it may take
/// scoped services such as a DbContext.
/// </summary>
public interface IJobHandler<in TJob> where TJob : IJob
{
    /// <summary>
    /// Does the work. Returning normally means done; throwing means run again later, except for
    /// <see cref="JobDiscardedException"/>, which means never again. Jobs are delivered at least once: after a crash the
    /// same job (same <see cref="JobContext.Id"/>) is handed out again, so make repeated effects harmless.
    /// </summary>
    /// <param name="job">The arguments, as they were enqueued.</param>
    /// <param name="context">What the queue knows of this run.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the job is cancelled, its time limit is over, its lease is lost, or the worker stops without time to finish.
    /// </param>
    /// <exception cref="JobDiscardedException">Running it again cannot help.</exception>
    /// <exception cref="JobRetryException">Run it again, at a time of the handler's choice.</exception>
    /// <exception cref="JobSnoozedException">Not now; this was no attempt.</exception>
    Task HandleAsync(TJob job, JobContext context, CancellationToken cancellationToken);
}

/// <summary>Runs one kind of job and returns its result; else as <see cref="IJobHandler{TJob}"/>.</summary>
public interface IJobHandler<in TJob, TResult> where TJob : IJob<TResult>
{
    /// <inheritdoc cref="IJobHandler{TJob}.HandleAsync"/>
    /// <returns>The result, kept with the job for <see cref="FlaskyJobsOptions.TrackedFor"/>.</returns>
    Task<TResult> HandleAsync(TJob job, JobContext context, CancellationToken cancellationToken);
}
