using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Operations;

/// <inheritdoc cref="IJobOperations"/>
internal sealed class RedisJobOperations(
    Lazy<IConnectionMultiplexer> redis, IJobTracking tracking, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IJobOperations
{
    private static readonly JobRetries None = new(0, 0);

    private const int ShownBytes = 1000;

    private static readonly TimeSpan DrainLook = TimeSpan.FromSeconds(0.5);

    public Task<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        AnsweredAsync(Directory.QueuesAsync, cancellationToken);

    public Task<IReadOnlyList<JobWorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        AnsweredAsync(Directory.ListAsync, cancellationToken);

    public async Task<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default)
    {
        var control = ControlOf(queue);
        var workers = await ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        var serving = workers.Count(worker => worker.IsLive && worker.Queues.Contains(queue));
        return await AnsweredAsync(() => control.StatisticsAsync(serving), cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default) => AnsweredAsync(ControlOf(queue).PauseAsync, cancellationToken);

    public Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default) => AnsweredAsync(ControlOf(queue).ResumeAsync, cancellationToken);

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
        var (keys, removed) = (KeysOf(queue), 0L);
        if (states.Count == 0)
            throw new ArgumentException("No state is named, so there is nothing to purge.", nameof(states));
        if (states.FirstOrDefault(state => !IsKept(state) && state != JobState.Ready, JobState.Ready) is var wrong and not JobState.Ready)
            throw new ArgumentException($"{wrong} jobs cannot be purged; {(wrong == JobState.Running ? "cancel them." : "they are not kept.")}", nameof(states));
        foreach (var state in states.Distinct())
            removed += state == JobState.Ready ? await PurgeReadyAsync(keys, queue, cancellationToken).ConfigureAwait(false)
                : (await ActAsync(keys, queue, state, retry: false, FilterValues.Of(null), cancellationToken).ConfigureAwait(false)).Retried;
        return removed;
    }

    public Task<JobPage> ListAsync(string queue, JobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (keys, filter) = (KeysOf(queue), FilterValues.Of(query.Filter));
        if (IsKept(query.State))
            return JobListing.PageAsync(query, (after, most) => AnsweredAsync(
                () => new KeptJobs(Database, keys, queue).ListAsync(query.State, after, most, filter, ShownBytes), cancellationToken));
        if (query.State is JobState.Ready or JobState.Running)
            return JobListing.PageAsync(query, (after, most) => AnsweredAsync(
                () => new StreamJobs(Database, keys, queue).ListAsync(query.State, after, most, filter, ShownBytes), cancellationToken));
        throw new ArgumentException($"{query.State} jobs are not kept, so they cannot be listed; a tracked one can be shown by its id.", nameof(query));
    }

    public async Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken = default) =>
        await new JobSearch(Database, KeysOf(id.Queue), options.Value.EnqueueTimeout, time).FindAsync(id, cancellationToken).ConfigureAwait(false);

    public Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken = default) => tracking.CancelAsync(id, cancellationToken);

    public async Task<JobRetries> RetryAsync(JobId id, CancellationToken cancellationToken = default)
    {
        foreach (var state in (JobState[])[JobState.Failed, JobState.Retrying])
        {
            var done = await ActAsync(KeysOf(id.Queue), id.Queue, state, retry: true, FilterOf(id), cancellationToken).ConfigureAwait(false);
            if (done != None)
                return done;
        }
        return await ActAsync(KeysOf(id.Queue), id.Queue, JobState.Scheduled, retry: true, FilterOf(id), cancellationToken).ConfigureAwait(false);
    }

    public Task<JobRetries> RetryDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) =>
        ActAsync(KeysOf(queue), queue, JobState.Failed, retry: true, FilterValues.Of(filter), cancellationToken);

    public async Task<bool> DeleteDeadAsync(JobId id, CancellationToken cancellationToken = default) =>
        (await ActAsync(KeysOf(id.Queue), id.Queue, JobState.Failed, retry: false, FilterOf(id), cancellationToken).ConfigureAwait(false)).Retried > 0;

    public async Task<long> DeleteDeadAsync(string queue, JobFilter? filter = null, CancellationToken cancellationToken = default) =>
        (await ActAsync(KeysOf(queue), queue, JobState.Failed, retry: false, FilterValues.Of(filter), cancellationToken).ConfigureAwait(false)).Retried;

    public async Task<long> TrimDeadAsync(string queue, int? keep, TimeSpan? olderThan = null, CancellationToken cancellationToken = default)
    {
        if (keep is null && olderThan is null)
            throw new ArgumentException("Say how many dead jobs to keep, or how old those are that go.", nameof(keep));
        if (keep < 0 || olderThan < TimeSpan.Zero)
            throw new ArgumentException("Neither the number to keep nor the age can be negative.", keep < 0 ? nameof(keep) : nameof(olderThan));
        var (jobs, removed, last) = (new KeptJobs(Database, KeysOf(queue), queue), 0L, 1);
        while (last > 0)
            removed += last = await AnsweredAsync(() => jobs.TrimAsync(keep, olderThan), cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private static bool IsKept(JobState state) => state is JobState.Scheduled or JobState.Retrying or JobState.Failed;

    private static RedisValue[] FilterOf(JobId id) => FilterValues.Of(null, id.Value.ToString("N"));

    private async Task<long> PurgeReadyAsync(JobKeys keys, string queue, CancellationToken cancellationToken)
    {
        var (jobs, removed) = (new StreamJobs(Database, keys, queue), 0L);
        foreach (var priority in Enum.GetValues<JobPriority>())
        {
            string? before = null;
            do
            {
                (var count, before) = await AnsweredAsync(() => jobs.PurgeAsync(priority, before), cancellationToken).ConfigureAwait(false);
                removed += count;
            }
            while (before is not null);
        }
        return removed;
    }

    private async Task<JobRetries> ActAsync(JobKeys keys, string queue, JobState state, bool retry, RedisValue[] filter, CancellationToken cancellationToken)
    {
        var (jobs, total) = (new KeptJobs(Database, keys, queue), None);
        string? next = null;
        do
        {
            (var done, next) = await AnsweredAsync(() => jobs.ActAsync(state, retry, next, filter), cancellationToken).ConfigureAwait(false);
            total = new JobRetries(total.Retried + done.Retried, total.Refused + done.Refused);
        }
        while (next is not null);
        return total;
    }

    private IDatabase Database => redis.Value.GetDatabase();

    private WorkerRegistry Directory => new(Database, new DirectoryKeys(options.Value.KeyPrefix));

    private QueueControl ControlOf(string queue) => new(Database, KeysOf(queue), queue);

    private JobKeys KeysOf(string queue)
    {
        JobNames.Check(queue, "The queue");
        return new JobKeys(options.Value.KeyPrefix, queue);
    }

    private Task<T> AnsweredAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        call().AnsweredAsync(options.Value.EnqueueTimeout, time, cancellationToken);
}
