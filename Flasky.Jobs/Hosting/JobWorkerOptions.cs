using System.ComponentModel.DataAnnotations;

namespace Flasky.Jobs;

/// <summary>How one worker process runs jobs. Section <c>Flasky:Jobs:Worker</c>.</summary>
public sealed class JobWorkerOptions
{
    /// <summary>Jobs running at once in this process, over all queues. Default: 16. But for <see cref="MaxPrefetch"/>, the worker never holds more than it runs.</summary>
    [Range(1, 4096)]
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// The most jobs of one queue that are fetched before there is a slot for them. It happens only while jobs are so short that these
    /// start within 5 milliseconds or so; any that has waited for a second all the same goes back to the queue, which costs it
    /// neither attempt nor delivery. 0: none are. Default: 128.
    /// </summary>
    [Range(0, 192)]
    public int MaxPrefetch { get; set; } = 128;

    /// <summary>
    /// How long a worker may be silent before its jobs are given to another. Default: 6 seconds; renewed every third of it,
    /// so jobs of any length are safe. A killed worker's jobs start elsewhere within 4/3 of this.
    /// </summary>
    [Duration("00:00:00.300", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How often an idle worker looks by itself, should a wake-up be lost. Default: 1 second.</summary>
    [Duration("00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a job may be handed out without being settled before it is parked as dead. Default: 5.</summary>
    [Range(1, 1000)]
    public int MaxDeliveries { get; set; } = 5;

    /// <summary>Attempts before a failing job is dead. Default: 10, which with the default delays spans a quarter of an hour or so.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>The upper bound of the delay before the second attempt; it doubles with each attempt. Default: 2 seconds. The delay is random between zero and the bound.</summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The bound never exceeds this. Default: 10 minutes.</summary>
    [Duration("00:00:00", "30.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Dead jobs kept per queue for people to look at; the oldest go first. Default: 10,000.</summary>
    [Range(1, 10_000_000)]
    public int DeadCapacity { get; set; } = 10_000;

    /// <summary>
    /// While queues compete for free slots, a queue of weight 3 gets three for one of a queue of weight 1. Default for queues not named
    /// here: 1. From 1 to 1,000.
    /// </summary>
    public Dictionary<string, int> QueueWeights { get; } = new(StringComparer.Ordinal);

    internal int WeightOf(string queue) => QueueWeights.TryGetValue(queue, out var weight)
        ? weight is >= 1 and <= 1000 ? weight : throw new InvalidOperationException($"The weight of queue '{queue}' is {weight}; it must be from 1 to 1,000.")
        : 1;

    /// <summary>
    /// How long a job that this worker cannot read yet (a newer version enqueued it, or the keys it is encrypted with cannot be reached)
    /// waits before it is handed out again; it waits half as long again at most. Spends no attempt. Default: 10 seconds.
    /// </summary>
    [Duration("00:00:00.050", "01:00:00")]
    public TimeSpan UnreadableDelay { get; set; } = TimeSpan.FromSeconds(10);
}
