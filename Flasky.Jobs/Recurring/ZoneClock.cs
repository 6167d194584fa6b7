namespace Flasky.Jobs;

/// <summary>
/// What clocks in a zone show, derived from the zone's UTC offset alone: the answers for ambiguous and invalid local times that
/// the framework gives beside it do not always agree with it.
/// </summary>
internal readonly struct ZoneClock(TimeZoneInfo zone)
{
    /// <summary>More than any offset and any change of it.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(25);

    /// <summary>Null outside the calendar.</summary>
    public DateTime? Local(DateTime utc) => Add(utc, Offset(utc));

    /// <summary>When clocks first show <paramref name="local"/>; or, if they jump over it, the instant after the jump. Null outside the calendar.</summary>
    public DateTime? FirstInstant(DateTime local)
    {
        if (Add(local, -Window) is not { } low || Add(local, Window) is not { } high)
            return null;
        var (before, after) = (Offset(low), Offset(high));
        var instant = DateTime.SpecifyKind(local - before, DateTimeKind.Utc);
        if (before == after || Offset(instant) == before)
            return instant;
        instant = DateTime.SpecifyKind(local - after, DateTimeKind.Utc);
        return Offset(instant) == after ? instant : Change(low, high);
    }

    /// <summary>The change to an earlier local time within a day of <paramref name="utc"/>, if there is one.</summary>
    public SetBack? SetBackNear(DateTime utc)
    {
        if (Add(utc, -Window) is not { } low || Add(utc, Window) is not { } high)
            return null;
        var (before, after) = (Offset(low), Offset(high));
        return before > after && Change(low, high) is var at ? new SetBack(at, at + (before - after), after) : null;
    }

    /// <summary>The first second between the two that has another offset than <paramref name="low"/>.</summary>
    private DateTime Change(DateTime low, DateTime high)
    {
        // Changes of offset are at whole seconds.
        low = low.AddTicks(-(low.Ticks % TimeSpan.TicksPerSecond));
        var before = Offset(low);
        var seconds = (long)Math.Ceiling((high - low).TotalSeconds);
        long same = 0;
        while (seconds - same > 1)
        {
            var middle = (same + seconds) / 2;
            if (Offset(low.AddSeconds(middle)) == before)
                same = middle;
            else
                seconds = middle;
        }
        return low.AddSeconds(seconds);
    }

    private TimeSpan Offset(DateTime utc) => zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static DateTime? Add(DateTime time, TimeSpan span) =>
        time.Ticks + span.Ticks is var ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
}

/// <summary>A change to an earlier local time.</summary>
/// <param name="At">The instant of the change, UTC.</param>
/// <param name="End">From here on clocks show new times again.</param>
/// <param name="Offset">From UTC, after the change.</param>
internal readonly record struct SetBack(DateTime At, DateTime End, TimeSpan Offset);
