using Flasky.Jobs.Limits;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs;

/// <summary>Declares limits in code. Each holds for one queue, over all workers.</summary>
public sealed class JobLimitsBuilder
{
    private readonly DeclaredLimits declared;

    internal JobLimitsBuilder(DeclaredLimits declared) => this.declared = declared;

    /// <summary>Limits all jobs of a queue together.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="concurrency">The most jobs that run at once. Null: any number.</param>
    /// <param name="rate">How often one may start. Null: as often as can be.</param>
    /// <exception cref="ArgumentException">Neither is given, or the concurrency is less than 1.</exception>
    /// <exception cref="InvalidOperationException">This process declares another limit for the same, or a name is not valid.</exception>
    public JobLimitsBuilder ForQueue(string queue, int? concurrency = null, JobRate? rate = null) => Add(queue, LimitScope.Queue, concurrency, rate);

    /// <summary>Limits all jobs of a type together, in the type's queue or another.</summary>
    /// <param name="concurrency">The most jobs that run at once. Null: any number.</param>
    /// <param name="rate">How often one may start. Null: as often as can be.</param>
    /// <param name="queue">Null: the one named by the job's <see cref="JobAttribute"/>.</param>
    /// <inheritdoc cref="ForQueue"/>
    public JobLimitsBuilder ForJob<TJob>(int? concurrency = null, JobRate? rate = null, string? queue = null) where TJob : IJob =>
        Add(queue ?? JobNames<TJob>.Queue, LimitScope.Job<TJob>(), concurrency, rate);

    /// <summary>Limits the jobs of one <see cref="EnqueueOptions.LimitKey"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="queue">The queue.</param>
    /// <inheritdoc cref="ForQueue"/>
    public JobLimitsBuilder ForKey(string key, int? concurrency = null, JobRate? rate = null, string queue = "default") =>
        Add(queue, LimitScope.Key(key), concurrency, rate);

    /// <summary>Limits each key of a group for itself, unless the key has a limit of its own.</summary>
    /// <param name="group">What stands before the first colon of the keys: <c>tenant</c> for <c>tenant:42</c>.</param>
    /// <param name="queue">The queue.</param>
    /// <inheritdoc cref="ForQueue"/>
    public JobLimitsBuilder ForKeysOf(string group, int? concurrency = null, JobRate? rate = null, string queue = "default") =>
        Add(queue, LimitScope.KeysOf(group), concurrency, rate);

    /// <summary>Limits each key for itself, unless it has a limit of its own or of its group.</summary>
    /// <param name="queue">The queue.</param>
    /// <inheritdoc cref="ForQueue"/>
    public JobLimitsBuilder ForEveryKey(int? concurrency = null, JobRate? rate = null, string queue = "default") =>
        Add(queue, LimitScope.EveryKey, concurrency, rate);

    private JobLimitsBuilder Add(string queue, LimitScope scope, int? concurrency, JobRate? rate)
    {
        JobNames.Check(queue, "The queue");
        declared.Add(queue, scope, new JobLimit(concurrency, rate));
        return this;
    }
}
