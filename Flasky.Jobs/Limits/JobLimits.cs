using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Limits;

/// <inheritdoc cref="IJobLimits"/>
internal sealed class JobLimits(RedisCalls redis) : IJobLimits
{
    public Task SetAsync(LimitScope scope, JobLimit limit, string queue = "default", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return CallAsync(queue, store => store.SetAsync(scope, limit), cancellationToken);
    }

    public Task<bool> RemoveAsync(LimitScope scope, string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.SetAsync(scope, null), cancellationToken);

    public Task<JobLimitsReport> ShowAsync(string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.ShowAsync(), cancellationToken);

    private Task<T> CallAsync<T>(string queue, Func<LimitStore, Task<T>> call, CancellationToken cancellationToken)
    {
        JobNames.Check(queue, "The queue");
        return redis.InTimeAsync(database => call(new LimitStore(database, redis.KeysOf(queue))), cancellationToken);
    }
}
