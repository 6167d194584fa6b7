using System.Collections.Concurrent;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Limits;

/// <inheritdoc cref="IJobLimits"/>
internal sealed class JobLimits(Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IJobLimits
{
    private readonly ConcurrentDictionary<string, LimitStore> stores = new(StringComparer.Ordinal);

    public Task SetAsync(LimitScope scope, JobLimit limit, string queue = "default", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return CallAsync(queue, store => store.SetAsync(scope, limit), cancellationToken);
    }

    public Task<bool> RemoveAsync(LimitScope scope, string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.SetAsync(scope, null), cancellationToken);

    public Task<JobLimitsReport> ShowAsync(string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.ShowAsync(), cancellationToken);

    private async Task<T> CallAsync<T>(string queue, Func<LimitStore, Task<T>> call, CancellationToken cancellationToken)
    {
        JobNames.Check(queue, "The queue");
        try
        {
            var store = stores.GetOrAdd(queue, name => new LimitStore(redis.Value.GetDatabase(), new JobKeys(options.Value.KeyPrefix, name)));
            return await call(store).WaitAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new JobQueueUnavailableException($"Redis did not answer for the limits of queue '{queue}': {e.Message}", e);
        }
    }
}
