namespace Flasky.Jobs;

/// <summary>Where a job is in its life; docs/job-lifecycle.md has the diagram. The last four are ends: nothing follows them by itself.</summary>
public enum JobState
{
    /// <summary>Waits for its time: delayed, debounced or snoozed.</summary>
    Scheduled,

    /// <summary>Can run as soon as a worker has a free slot.</summary>
    Ready,

    /// <summary>Handed out to a worker.</summary>
    Running,

    /// <summary>An attempt failed; waits for the next one.</summary>
    Retrying,

    /// <summary>The handler returned.</summary>
    Succeeded,

    /// <summary>Will not run again by itself: discarded, out of attempts, or impossible to run. Kept among the dead jobs.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Its time had passed before it could start.</summary>
    Expired,
}

/// <summary>What follows from a <see cref="JobState"/>.</summary>
public static class JobStateExtensions
{
    /// <summary>Whether nothing follows this state by itself.</summary>
    public static bool IsEnd(this JobState state) => state >= JobState.Succeeded;
}
