using Flasky.Jobs.Redis;
using StackExchange.Redis;

namespace Flasky.Jobs.Operations;

/// <summary>
/// The jobs of one queue, wherever they are kept: many at a time, in bounded steps each of which Redis has to answer in time. Thread-safe.
/// </summary>
internal sealed class QueueJobs(RedisCalls redis, string queue)
{
    private const int ShownBytes = 1000;

    /// <summary>Begins the places of ready jobs that are in lanes; they come after those of the streams.</summary>
    private const string InLanes = "lanes-";

    private readonly JobKeys keys = redis.KeysOf(queue);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken) => JobListing.PageAsync(
        query, (after, most) => StepAsync(query.State, after, most, FilterValues.Of(query.Filter), ShownBytes, cancellationToken));

    /// <param name="state">Any but the ends that nothing is kept of.</param>
    /// <param name="after">Null: from the beginning.</param>
    /// <param name="most">Jobs to find.</param>
    /// <param name="filter">See <see cref="FilterValues"/>.</param>
    /// <param name="shownBytes">Bytes of arguments to bring.</param>
    public Task<Step> StepAsync(
        JobState state, string? after, int most, RedisValue[] filter, int shownBytes, CancellationToken cancellationToken) => redis.InTimeAsync(
        async database =>
        {
            var (kept, streams) = (new KeptJobs(database, keys, queue), new StreamJobs(database, keys, queue));
            if (state is not (JobState.Ready or JobState.Running))
                return await kept.ListAsync(state, after, most, filter, shownBytes).ConfigureAwait(false);
            if (after?.StartsWith(InLanes, StringComparison.Ordinal) != true)
            {
                var read = await streams.ListAsync(state, after, most, filter, shownBytes).ConfigureAwait(false);
                return state == JobState.Running ? read : read with { Next = read.Next ?? InLanes };
            }
            var place = after.Length == InLanes.Length ? null : after[InLanes.Length..];
            var waiting = await kept.ListAsync(JobState.Ready, place, most, filter, shownBytes).ConfigureAwait(false);
            return waiting with { Next = waiting.Next is { } next ? InLanes + next : null };
        }, cancellationToken);

    /// <summary>Retries or deletes all that are kept aside in a state and fit.</summary>
    public async Task<JobRetries> ActAsync(JobState state, bool retry, RedisValue[] filter, CancellationToken cancellationToken)
    {
        var total = new JobRetries(0, 0);
        string? next = null;
        do
        {
            (var done, next) = await redis.InTimeAsync(database => new KeptJobs(database, keys, queue).ActAsync(state, retry, next, filter), cancellationToken).ConfigureAwait(false);
            total = new JobRetries(total.Retried + done.Retried, total.Refused + done.Refused);
        }
        while (next is not null);
        return total;
    }

    public async Task<long> DeleteAsync(JobState state, RedisValue[] filter, CancellationToken cancellationToken) =>
        (await ActAsync(state, retry: false, filter, cancellationToken).ConfigureAwait(false)).Retried;

    public async Task<long> PurgeReadyAsync(CancellationToken cancellationToken)
    {
        var removed = 0L;
        for (var stream = JobPriority.Critical; stream <= ClaimedJob.Lanes; stream++)
        {
            string? before = null;
            do
            {
                (var count, before) = await redis.InTimeAsync(database => new StreamJobs(database, keys, queue).PurgeAsync(stream, before), cancellationToken).ConfigureAwait(false);
                removed += count;
            }
            while (before is not null);
        }
        return removed + await DeleteAsync(JobState.Ready, FilterValues.Of(null), cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> TrimDeadAsync(int? keep, TimeSpan? olderThan, CancellationToken cancellationToken)
    {
        var (removed, last) = (0L, 1);
        while (last > 0)
            removed += last = await redis.InTimeAsync(database => new KeptJobs(database, keys, queue).TrimAsync(keep, olderThan), cancellationToken).ConfigureAwait(false);
        return removed;
    }
}
