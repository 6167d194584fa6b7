using Flasky.Jobs.Recurring;

namespace Flasky.Jobs;

/// <summary>Declares recurring jobs in code.</summary>
public static class RecurringExtensions
{
    /// <summary>
    /// Declares a recurring job. It is written to Redis at every start, and again should Redis lose it; if its schedule is
    /// the same as before, its next tick stays, so a restart neither skips nor repeats one.
    /// </summary>
    /// <param name="worker">The worker; any number of processes may declare the same job.</param>
    /// <param name="name">Unique in the queue; lower-case words joined by dots and dashes.</param>
    /// <param name="job">Enqueued at each tick.</param>
    /// <param name="schedule">When.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="InvalidOperationException">The name is taken or not valid.</exception>
    /// <example><code>
    /// worker.Recurring("weekly-digest", new SendDigest(), JobSchedule.Cron("0 7 * * MON", zone));
    /// </code></example>
    public static JobWorkerBuilder Recurring<TJob>(
        this JobWorkerBuilder worker, string name, TJob job, JobSchedule schedule, RecurringOptions? options = null)
        where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(worker);
        RecurringRegistry.Of(worker.Services).Add(name, job, schedule, options);
        return worker;
    }
}
