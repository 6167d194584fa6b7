namespace Flasky.Jobs.Redis;

/// <summary>Whether a job may begin to run.</summary>
internal enum StartReply
{
    /// <summary>No: the delivery is not this consumer's (any more).</summary>
    Refused = 0,

    /// <summary>Yes, and it is noted.</summary>
    Started = 1,

    /// <summary>No: it was cancelled since it was handed out.</summary>
    Cancelled = 2,
}

/// <summary>Jobs handed out to this consumer.</summary>
/// <param name="Jobs">Empty when none was ready.</param>
/// <param name="MindCancelled">Whether some jobs of the queue were cancelled, perhaps these.</param>
internal readonly record struct Fetched(ClaimedJob[] Jobs, bool MindCancelled);

/// <param name="Jobs">Taken over.</param>
/// <param name="Lost">How many of them a worker lost: it died or hangs. The others were handed back.</param>
/// <param name="Now">By Redis's clock.</param>
internal readonly record struct ReapResult(ClaimedJob[] Jobs, int Lost, DateTimeOffset Now);

/// <summary>What a look brought.</summary>
/// <param name="Fetched">Handed out to this consumer.</param>
/// <param name="Now">By Redis's clock.</param>
/// <param name="UntilDue">Until the next scheduled job is due, or a limit lets the next one through; null when nothing waits for a time.</param>
/// <param name="IsPaused">Whether nothing is handed out for now.</param>
/// <param name="IsLimited">Whether only looks may fetch, because limits or turns are to be kept.</param>
/// <param name="AnyHandedBack">Whether jobs were handed back that nobody has taken over yet.</param>
internal readonly record struct LookResult(Fetched Fetched, DateTimeOffset Now, TimeSpan? UntilDue, bool IsPaused, bool IsLimited, bool AnyHandedBack);
