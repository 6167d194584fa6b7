using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Redis;

/// <summary>What is to be recorded of one delivery of a job, if it is more than its success.</summary>
internal sealed record Settlement
{
    public required JobState State { get; init; }

    /// <summary>The attempts it has used now.</summary>
    public required int Attempt { get; init; }

    /// <summary>The <c>job</c> field, counting this attempt.</summary>
    public required string Job { get; init; }

    /// <summary>The failed attempts, with this one.</summary>
    public required string History { get; init; }

    /// <summary>What the job asks of the queue.</summary>
    public required JobDirectives Directives { get; init; }

    /// <summary>Why, for people; empty for none.</summary>
    public string Error { get; init; } = "";

    /// <summary>Until it runs again. Null: it does not.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>JSON; empty for none.</summary>
    public string Result { get; init; } = "";

    /// <summary>The unique key to let go; empty for none.</summary>
    public string FreedKey => Delay is null && Directives.Unique is { Until: not UniqueUntil.Window } unique ? unique.Key : "";
}

/// <summary>What came of it.</summary>
internal enum SettleReply
{
    /// <summary>The delivery was not this consumer's to settle (any more).</summary>
    Refused = 0,

    /// <summary>It is recorded.</summary>
    Settled = 1,

    /// <summary>The job was cancelled in the meantime and must not run again.</summary>
    Cancelled = 2,
}
