namespace Flasky.Jobs;

/// <summary>A queue in figures, all of one moment by the clock of Redis. Immutable.</summary>
public sealed record QueueStatistics
{
    /// <summary>The queue's name.</summary>
    public required string Queue { get; init; }

    /// <summary>When it was paused. Null: it is not paused, or nobody knows since when; see <see cref="IsPaused"/>.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Whether nothing of it is handed out.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>
    /// Jobs that wait for no time and that nobody runs, those in lanes among them. Without those it is the lag of the consumer group, which autoscalers
    /// read by themselves, and also right where that is not: before the first worker, and when a worker handed jobs back.
    /// </summary>
    public required long Ready { get; init; }

    /// <summary>Of <see cref="Ready"/>, those that wait for their turn in a lane; limits may hold them up, however many workers there are. See docs/limits.md.</summary>
    public required long InLanes { get; init; }

    /// <summary><see cref="Ready"/> without <see cref="InLanes"/>, by priority; all four are there.</summary>
    public required IReadOnlyDictionary<JobPriority, long> ReadyByPriority { get; init; }

    /// <summary>Jobs that workers hold.</summary>
    public required long Running { get; init; }

    /// <summary>Jobs that wait for a time: both <see cref="JobState.Scheduled"/> and <see cref="JobState.Retrying"/>.</summary>
    public required long Delayed { get; init; }

    /// <summary>When the next of <see cref="Delayed"/> is due. Null: none waits.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>Dead jobs that are kept.</summary>
    public required long Dead { get; init; }

    /// <summary>Dead jobs that were let go of, to make room or by hand; forgotten 30 days after the last.</summary>
    public required long DeadTrimmed { get; init; }

    /// <summary>How long the oldest ready job, in a lane or not, has been ready. Null: none is.</summary>
    public TimeSpan? OldestReadyAge { get; init; }

    /// <summary>Live workers that serve the queue; see <see cref="JobWorkerInfo.IsLive"/>.</summary>
    public required int Workers { get; init; }

    /// <summary>Whether nothing is ready or running; jobs may still wait for their time.</summary>
    public bool IsDrained => Ready == 0 && Running == 0;
}
