using Flasky.Jobs.Limits;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>
/// The limits of the host under test can be set and shown, but they hold nothing up: jobs run one at a time, so no number at once is ever
/// exceeded, and rates are not simulated. Thread-safe.
/// </summary>
/// <param name="declared">What the host's code declares; none if it declares nothing.</param>
internal sealed class MemoryLimits(IEnumerable<DeclaredLimits> declared) : IJobLimits
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<LimitScope, JobLimit>> byQueue = declared.SelectMany(limits => limits.ByQueue)
        .ToDictionary(queue => queue.Key, queue => new Dictionary<LimitScope, JobLimit>(queue.Value), StringComparer.Ordinal);

    public Task SetAsync(LimitScope scope, JobLimit limit, string queue = "default", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limit);
        lock (gate)
            Of(queue)[scope] = limit;
        return Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(LimitScope scope, string queue = "default", CancellationToken cancellationToken = default)
    {
        lock (gate)
            return Task.FromResult(Of(queue).Remove(scope));
    }

    public Task<JobLimitsReport> ShowAsync(string queue = "default", CancellationToken cancellationToken = default)
    {
        lock (gate)
            return Task.FromResult(new JobLimitsReport { Limits = new Dictionary<LimitScope, JobLimit>(Of(queue)), Running = 0, NextPermit = null, Lanes = [] });
    }

    private Dictionary<LimitScope, JobLimit> Of(string queue)
    {
        JobNames.Check(queue, "The queue");
        if (!byQueue.TryGetValue(queue, out var limits))
            byQueue[queue] = limits = [];
        return limits;
    }
}
