namespace Flasky.Jobs;

/// <summary>What follows from a failed attempt. Immutable.</summary>
public sealed class FailureAction
{
    private FailureAction(FailureKind kind, TimeSpan? delay = null) => (Kind, Delay) = (kind, delay);

    /// <summary>Run again after a random time that grows with the attempts; dead after the last.</summary>
    public static FailureAction Retry { get; } = new(FailureKind.Retry);

    /// <summary>Never run again; kept among the dead jobs.</summary>
    public static FailureAction Discard { get; } = new(FailureKind.Discard);

    /// <summary>Run again after just this long; dead after the last attempt.</summary>
    public static FailureAction RetryAfter(TimeSpan delay) => new(FailureKind.Retry, NotNegative(delay));

    /// <summary>Run again after just this long; this was no attempt.</summary>
    public static FailureAction Snooze(TimeSpan delay) => new(FailureKind.Snooze, NotNegative(delay));

    internal FailureKind Kind { get; }

    internal TimeSpan? Delay { get; }

    private static TimeSpan NotNegative(TimeSpan delay) =>
        delay >= TimeSpan.Zero ? delay : throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay cannot be negative.");
}

internal enum FailureKind
{
    Retry,
    Snooze,
    Discard,
}
