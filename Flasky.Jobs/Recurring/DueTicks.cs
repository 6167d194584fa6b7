namespace Flasky.Jobs.Recurring;

/// <summary>What a due schedule calls for.</summary>
/// <param name="Run">The ticks to enqueue a job for, oldest first.</param>
/// <param name="Next">The first tick after now; null if there is none.</param>
internal readonly record struct DueTicks(IReadOnlyList<DateTimeOffset> Run, DateTimeOffset? Next)
{
    /// <param name="schedule">When it ticks.</param>
    /// <param name="definition">Its policy.</param>
    /// <param name="due">The tick that stands in Redis, not later than <paramref name="now"/>.</param>
    /// <param name="now">By the clock of Redis.</param>
    public static DueTicks Of(JobSchedule schedule, RecurringDefinition definition, DateTimeOffset due, DateTimeOffset now)
    {
        var last = schedule.Last(due, now);
        var run = new List<DateTimeOffset>();
        if (definition.MissedTicks != MissedTicks.Skip || now - last <= TimeSpan.FromMilliseconds(definition.MissedAfterMs))
            run.Add(last);
        while (definition.MissedTicks == MissedTicks.RunAll && run[^1] > due && run.Count < definition.MaxMissed)
            run.Add(schedule.Last(due, run[^1].AddMilliseconds(-1)));
        run.Reverse();
        return new DueTicks(run, schedule.Next(due, now));
    }
}
