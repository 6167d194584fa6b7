using System.Collections.Concurrent;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Recurring;

/// <summary>The recurring jobs of this application in Redis.</summary>
internal sealed class RedisRecurringStores(Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options) : IRecurringStores
{
    private readonly ConcurrentDictionary<string, RecurringStore> stores = new(StringComparer.Ordinal);

    public IRecurringStore Of(string queue) =>
        stores.GetOrAdd(queue, name => new RecurringStore(redis, new JobKeys(options.Value.KeyPrefix, name)));
}
