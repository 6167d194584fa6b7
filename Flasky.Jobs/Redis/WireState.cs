namespace Flasky.Jobs.Redis;

/// <summary>The names of states in Redis.</summary>
internal static class WireState
{
    public static string Write(JobState state) => state switch
    {
        JobState.Scheduled => "scheduled",
        JobState.Ready => "ready",
        JobState.Running => "running",
        JobState.Retrying => "retrying",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => "expired",
    };

    /// <summary>Null: no name of a state.</summary>
    public static JobState? Read(string? name) => name switch
    {
        "scheduled" => JobState.Scheduled,
        "ready" => JobState.Ready,
        "running" => JobState.Running,
        "retrying" => JobState.Retrying,
        "succeeded" => JobState.Succeeded,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        "expired" => JobState.Expired,
        _ => null,
    };
}
