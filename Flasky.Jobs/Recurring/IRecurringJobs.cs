namespace Flasky.Jobs;

/// <summary>
/// Changes and shows recurring jobs at run time, from any process. A singleton; safe for concurrent use. Every method throws
/// <see cref="JobQueueUnavailableException"/> when Redis does not answer in time, and may be repeated.
/// </summary>
public interface IRecurringJobs
{
    /// <summary>
    /// Adds a recurring job, or changes the one of that name. A change of the schedule starts it anew; a change of anything
    /// else leaves its next tick alone. A paused one stays paused. What a worker declares in code is put back when it starts.
    /// </summary>
    /// <param name="name">Unique in the queue; lower-case words joined by dots and dashes.</param>
    /// <param name="job">Enqueued at each tick.</param>
    /// <param name="schedule">When.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be made.</param>
    /// <exception cref="ArgumentException">The schedule has no tick, ever; or the arguments are too large.</exception>
    /// <exception cref="InvalidOperationException">The name is not valid.</exception>
    Task SetAsync<TJob>(string name, TJob job, JobSchedule schedule, RecurringOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob;

    /// <summary>As the other overload, for tools that do not know the job's type.</summary>
    /// <param name="name">Unique in the queue; lower-case words joined by dots and dashes.</param>
    /// <param name="job">Its queue, wire name, arguments and what it asks of the queue are kept; each tick has an id and a time of its own.</param>
    /// <param name="schedule">When.</param>
    /// <param name="options">Null: the defaults. Its queue counts for nothing.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be made.</param>
    /// <exception cref="ArgumentException">The schedule has no tick, ever.</exception>
    /// <exception cref="InvalidOperationException">The name is not valid.</exception>
    Task SetAsync(string name, JobEnvelope job, JobSchedule schedule, RecurringOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Removes it. Jobs it enqueued are left alone.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string name, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>Stops its ticks until it is resumed. Survives restarts and changes.</summary>
    /// <returns>Whether there is one.</returns>
    Task<bool> PauseAsync(string name, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>Goes on with the first tick after now; those that passed meanwhile are not made up for. Nothing happens if it is not paused.</summary>
    /// <returns>Whether there is one.</returns>
    Task<bool> ResumeAsync(string name, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>Enqueues its job now, paused or not. Its ticks stay as they are.</summary>
    /// <returns>The job's id; null if there is no such recurring job.</returns>
    Task<JobId?> TriggerAsync(string name, string queue = "default", CancellationToken cancellationToken = default);

    /// <summary>All recurring jobs of a queue, by name.</summary>
    Task<IReadOnlyList<RecurringJob>> ListAsync(string queue = "default", CancellationToken cancellationToken = default);
}
