using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Operations;

/// <inheritdoc cref="IJobOperations"/>
internal sealed class RedisJobOperations(RedisCalls redis, IJobTracking tracking, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IJobOperations
{
    private static readonly TimeSpan DrainLook = TimeSpan.FromSeconds(0.5);

    public Task<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        redis.InTimeAsync(database => DirectoryIn(database).QueuesAsync(), cancellationToken);

    public Task<IReadOnlyList<JobWorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        redis.InTimeAsync(database => DirectoryIn(database).ListAsync(), cancellationToken);

    public async Task<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default)
    {
        JobNames.Check(queue, "The queue");
        var workers = await ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        var serving = workers.Count(worker => worker.IsLive && worker.Queues.Contains(queue));
        return await ControlAsync(queue, control => control.StatisticsAsync(serving), cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default) => ControlAsync(queue, control => control.PauseAsync(), cancellationToken);

    public Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default) => ControlAsync(queue, control => control.ResumeAsync(), cancellationToken);

    public async Task DrainAsync(string queue, bool alsoDelayed = false, IProgress<QueueStatistics>? progress = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var now = await GetStatisticsAsync(queue, cancellationToken).ConfigureAwait(false);
            if (now.IsPaused)
                throw new InvalidOperationException($"The queue '{queue}' is paused, so it never gets empty. Resume it first.");
            progress?.Report(now);
            if (now.IsDrained && (now.Delayed == 0 || !alsoDelayed))
                return;
            await Task.Delay(DrainLook, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<long> PurgeAsync(string queue, IReadOnlyCollection<JobState> states, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(states);
        var (jobs, removed) = (JobsOf(queue), 0L);
        if (states.Count == 0)
            throw new ArgumentException("No state is named, so there is nothing to purge.", nameof(states));
        if (states.FirstOrDefault(state => !IsKept(state) && state != JobState.Ready, JobState.Ready) is var wrong and not JobState.Ready)
            throw new ArgumentException($"{wrong} jobs cannot be purged; {(wrong == JobState.Running ? "cancel them." : "they are not kept.")}", nameof(states));
        foreach (var state in states.Distinct())
            removed += await (state == JobState.Ready ? jobs.PurgeReadyAsync(cancellationToken) : jobs.DeleteAsync(state, FilterValues.Of(null), cancellationToken)).ConfigureAwait(false);
        return removed;
    }

    public Task<JobPage> ListAsync(string queue, JobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return IsKept(query.State) || query.State is JobState.Ready or JobState.Running ? JobsOf(queue).ListAsync(query, cancellationToken)
            : throw new ArgumentException($"{query.State} jobs are not kept, so they cannot be listed; a tracked one can be shown by its id.", nameof(query));
    }

    public async Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken = default) =>
        await new JobSearch(redis, JobsOf(id.Queue)).FindAsync(id, cancellationToken).ConfigureAwait(false);

    public Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken = default) => tracking.CancelAsync(id, cancellationToken);

    public async Task<JobRetries> RetryAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var jobs = JobsOf(id.Queue);
        foreach (var state in (JobState[])[JobState.Failed, JobState.Retrying])
        {
            if (await jobs.ActAsync(state, retry: true, FilterOf(id), cancellationToken).ConfigureAwait(false) is var done && done.Retried + done.Refused > 0)
                return done;
        }
        return await jobs.ActAsync(JobState.Scheduled, retry: true, FilterOf(id), cancellationToken).ConfigureAwait(false);
    }

    public Task<JobRetries> RetryDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) =>
        JobsOf(queue).ActAsync(JobState.Failed, retry: true, FilterValues.Of(filter), cancellationToken);

    public async Task<bool> DeleteDeadAsync(JobId id, CancellationToken cancellationToken = default) =>
        await JobsOf(id.Queue).DeleteAsync(JobState.Failed, FilterOf(id), cancellationToken).ConfigureAwait(false) > 0;

    public Task<long> DeleteDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) =>
        JobsOf(queue).DeleteAsync(JobState.Failed, FilterValues.Of(filter), cancellationToken);

    public Task<long> TrimDeadAsync(string queue, int? keep, TimeSpan? olderThan = null, CancellationToken cancellationToken = default)
    {
        if (keep is null && olderThan is null)
            throw new ArgumentException("Say how many dead jobs to keep, or how old those are that go.", nameof(keep));
        if (keep < 0 || olderThan < TimeSpan.Zero)
            throw new ArgumentException("Neither the number to keep nor the age can be negative.", keep < 0 ? nameof(keep) : nameof(olderThan));
        return JobsOf(queue).TrimDeadAsync(keep, olderThan, cancellationToken);
    }

    private static bool IsKept(JobState state) => state is JobState.Scheduled or JobState.Retrying or JobState.Failed;

    private static RedisValue[] FilterOf(JobId id) => FilterValues.Of(null, id.Value.ToString("N"));

    private WorkerRegistry DirectoryIn(IDatabase database) => new(database, new DirectoryKeys(options.Value.KeyPrefix));

    private QueueJobs JobsOf(string queue)
    {
        JobNames.Check(queue, "The queue");
        return new QueueJobs(redis, queue);
    }

    private Task<T> ControlAsync<T>(string queue, Func<QueueControl, Task<T>> call, CancellationToken cancellationToken)
    {
        JobNames.Check(queue, "The queue");
        return redis.InTimeAsync(database => call(new QueueControl(database, redis.KeysOf(queue), queue)), cancellationToken);
    }
}
