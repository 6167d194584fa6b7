using System.Collections.Concurrent;
using Flasky.Jobs.Recurring;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The recurring jobs of the host under test. Thread-safe.</summary>
internal sealed class MemoryRecurringStores(MemoryStore store, TimeProvider time) : IRecurringStores
{
    private readonly ConcurrentDictionary<string, MemoryRecurringStore> stores = new(StringComparer.Ordinal);

    public IRecurringStore Of(string queue) => stores.GetOrAdd(queue, name => new MemoryRecurringStore(name, store, time));
}
