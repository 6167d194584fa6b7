namespace Flasky.Jobs;

/// <summary>What becomes of ticks that passed while nothing scheduled: every process was down, or Redis was.</summary>
public enum MissedTicks
{
    /// <summary>One job is enqueued for all of them. The default.</summary>
    RunOnce,

    /// <summary>None is; a tick counts as missed when it is later than <see cref="RecurringOptions.MissedAfter"/>.</summary>
    Skip,

    /// <summary>One job each, oldest first, for the newest <see cref="RecurringOptions.MaxMissed"/> of them.</summary>
    RunAll,
}
