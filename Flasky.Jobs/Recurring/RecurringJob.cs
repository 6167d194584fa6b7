namespace Flasky.Jobs;

/// <summary>A recurring job as it stands in Redis. Immutable.</summary>
public sealed record RecurringJob
{
    /// <summary>The schedule's name, unique in its queue.</summary>
    public required string Name { get; init; }

    /// <summary>The queue its jobs go to.</summary>
    public required string Queue { get; init; }

    /// <summary>The wire name of its jobs.</summary>
    public required string Job { get; init; }

    /// <summary>The arguments of its jobs, as JSON.</summary>
    public required string Arguments { get; init; }

    /// <summary><c>cron ZONE EXPRESSION</c> or <c>every MILLISECONDS</c>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Whether it is paused: nothing is enqueued until it is resumed.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>The application whose code declares it. Null: it was added at run time.</summary>
    public string? DeclaredBy { get; init; }

    /// <summary>The next tick, by the clock of Redis. Null: paused, or there is none.</summary>
    public DateTimeOffset? NextTick { get; init; }

    /// <summary>The last tick that a job was enqueued for. Null: none yet.</summary>
    public DateTimeOffset? LastTick { get; init; }
}
