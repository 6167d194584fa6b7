namespace Flasky.Jobs;

/// <summary>
/// Looks at queues and steps in, from any process that has the Redis connection: nothing here needs the jobs' types. A singleton; safe for
/// concurrent use. Every method throws <see cref="JobQueueUnavailableException"/> when Redis does not answer in time, and may be repeated. What
/// concerns many jobs goes in steps of at most 256, so it holds Redis up for nobody; when it is cancelled in between, what was done stays done.
/// </summary>
public interface IJobOperations
{
    /// <summary>The queues that a worker or producer has used, by name; at most the 10,000 used last.</summary>
    Task<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>A queue in figures. Costs the same whatever is in it. A queue that is not there is empty.</summary>
    Task<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>The workers that live, and those that fell silent within ten minutes; the freshest first, at most 1,000.</summary>
    Task<IReadOnlyList<JobWorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands out nothing more of a queue until it is resumed. What runs goes on, what is enqueued is taken. Workers heed it with their next fetch, at
    /// most some 10 ms later. Survives restarts.
    /// </summary>
    /// <returns>Whether it was not paused before.</returns>
    Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Goes on with a paused queue, at once.</summary>
    /// <returns>Whether it was paused.</returns>
    Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until nothing of a queue is ready or running. It stops nobody from enqueueing (an enqueue that is refused is an error on somebody's
    /// page), so stop the producers first, or it may go on for ever.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="alsoDelayed">Whether to wait also for jobs that wait for a time.</param>
    /// <param name="progress">Told twice a second how far it is. Null: nobody is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The queue is paused, so that it would never end.</exception>
    Task DrainAsync(string queue, bool alsoDelayed = false, IProgress<QueueStatistics>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes all jobs of some states, with their arguments and unique keys. Tracked ones end as <see cref="JobState.Cancelled"/>, so that whoever awaits
    /// them hears of it, and their notes go by their TTL; the notes of dead ones go at once. So do members of workflows, which go on as their failure
    /// policies say; the queue's own reports for them stay unless they are dead. What comes while it works may stay.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="states">Those of <see cref="JobQuery.State"/> but <see cref="JobState.Running"/>: running jobs can be cancelled.</param>
    /// <param name="cancellationToken">Stops it in between.</param>
    /// <returns>The number of jobs removed.</returns>
    /// <exception cref="ArgumentException">Another state is named, or none.</exception>
    Task<long> PurgeAsync(string queue, IReadOnlyCollection<JobState> states, CancellationToken cancellationToken = default);

    /// <summary>A page of jobs. Costs the same whatever else is in the queue.</summary>
    /// <exception cref="ArgumentException">The query asks for what there is not.</exception>
    Task<JobPage> ListAsync(string queue, JobQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// All that is known of a job. One that is ready or running is looked for among all of these, from the oldest: a second or so for a million.
    /// </summary>
    /// <returns>Null: nothing is known of it. It may have succeeded untracked.</returns>
    Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Cancels a job, as <see cref="JobHandle.CancelAsync"/> does.</summary>
    Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a job ready now: a dead one begins anew, with all its attempts; one that waits for a time goes on at once, with the attempts it has left.
    /// </summary>
    /// <returns><see cref="JobRetries.Retried"/> is one if it is ready now. Both zero: it neither is dead nor waits.</returns>
    Task<JobRetries> RetryAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Makes dead jobs ready, to begin anew. One that dies again meanwhile is not taken again.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops it in between.</param>
    Task<JobRetries> RetryDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a dead job and all that is known of it. A workflow that holds for it stops.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteDeadAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Removes dead jobs and all that is known of them. Workflows that hold for them stop.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops it in between.</param>
    /// <returns>The number of jobs removed.</returns>
    Task<long> DeleteDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the oldest dead jobs with their arguments. Workers do so by themselves, down to <see cref="JobWorkerOptions.DeadCapacity"/>; both are
    /// counted in <see cref="QueueStatistics.DeadTrimmed"/>. Workflows that hold for them stop.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="keep">How many to keep. Null: any number. Not negative.</param>
    /// <param name="olderThan">How long ago they failed at least. Null: any time. Not negative.</param>
    /// <param name="cancellationToken">Stops it in between.</param>
    /// <returns>The number of jobs removed.</returns>
    /// <exception cref="ArgumentException">Neither is said, or one is negative.</exception>
    Task<long> TrimDeadAsync(string queue, int? keep, TimeSpan? olderThan = null, CancellationToken cancellationToken = default);
}
