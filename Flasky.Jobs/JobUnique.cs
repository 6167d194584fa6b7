namespace Flasky.Jobs;

/// <summary>
/// At most one live job per key. Enqueuing another returns the id of the one there is. The key belongs to the queue, and holds
/// the id of its job, so nobody else can let it go.
/// </summary>
public sealed record JobUnique
{
    /// <summary>The key, at most 200 characters, for example <c>report:7</c>. Null: the job's name and arguments, so that equal jobs are one.</summary>
    public string? Key { get; init; }

    /// <summary>When the key is free again. Default: when the job has ended.</summary>
    public UniqueUntil Until { get; init; } = UniqueUntil.Ended;

    /// <summary>
    /// With <see cref="UniqueUntil.Window"/> the length of the window; else the longest time the key is held after the job is due, should
    /// everything else fail. Default: one day. From 1 second to 365 days.
    /// </summary>
    public TimeSpan For { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>When a unique key is free again.</summary>
public enum UniqueUntil
{
    /// <summary>When the job has ended, however it did. Waiting for another attempt is no end.</summary>
    Ended,

    /// <summary>When a worker starts the job: another one can wait while it runs.</summary>
    Started,

    /// <summary>When <see cref="JobUnique.For"/> has passed, whatever became of the job.</summary>
    Window,
}
