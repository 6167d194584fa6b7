using System.Diagnostics.CodeAnalysis;

namespace Flasky.Jobs;

/// <summary>
/// A cron expression: five fields (minutes, hours, day of month, month, day of week) or six (seconds first). Immutable and
/// thread-safe. docs/recurring-jobs.md lists the syntax.
/// </summary>
/// <remarks>
/// Where both day fields say something (neither starts with <c>*</c> nor is <c>?</c>), a day that fits either will do, as in crontab.
/// Days of the week are 0 to 7, and both 0 and 7 are Sunday.
/// </remarks>
public sealed class CronExpression
{
    private readonly string text;
    private readonly CronFields fields;

    private CronExpression(string text, CronFields fields)
    {
        this.text = text;
        this.fields = fields;
    }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is none; the message names the field and what it may hold.</exception>
    public static CronExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CronExpression(text.Trim(), CronParser.Parse(text));
    }

    /// <summary>Reads an expression, if it is one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronExpression? expression)
    {
        try
        {
            expression = text is null ? null : Parse(text);
        }
        catch (FormatException)
        {
            expression = null;
        }
        return expression is not null;
    }

    /// <summary>The first time after <paramref name="after"/>, in UTC, at which the clocks of <paramref name="zone"/> fit the expression.</summary>
    /// <returns>Null if there is none, as for 30 February, or none before the year 10000.</returns>
    /// <remarks>
    /// When clocks go forward, the times they jump over happen together, once, at the first instant after the jump. When clocks
    /// go back, an expression whose times of day are all written out (<c>30 2 * * *</c>) happens at the first of the two; one with
    /// a <c>*</c>, a range or a step in its seconds, minutes or hours (<c>*/15 * * * *</c>) happens in both.
    /// </remarks>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var clock = new ZoneClock(zone);
        var from = after.UtcDateTime;
        var first = NextFirst(from, clock);
        var repeated = NextRepeated(from, clock);
        return (repeated < first ? repeated : first ?? repeated) is { } next ? new DateTimeOffset(next) : null;
    }

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => text;

    /// <summary>Among the times that clocks show for the first time, or jump over.</summary>
    private DateTime? NextFirst(DateTime from, ZoneClock clock)
    {
        // Later local times are never at earlier instants, so none before the one that the clock shows now can qualify.
        var local = clock.Local(from);
        while (local is { } shown && fields.Next(shown) is { } next)
        {
            if (clock.FirstInstant(next) is not { } instant)
                return null;
            if (instant > from)
                return instant;
            local = next;
        }
        return null;
    }

    /// <summary>Among the times that clocks show for the second time, if they are about to be set back or were just now.</summary>
    private DateTime? NextRepeated(DateTime from, ZoneClock clock)
    {
        if (!fields.IsInterval || clock.SetBackNear(from) is not { } back || from >= back.End)
            return null;
        var start = from >= back.At ? from + back.Offset : back.At + back.Offset - TimeSpan.FromSeconds(1);
        return fields.Next(start) is { } next && next - back.Offset < back.End ? DateTime.SpecifyKind(next - back.Offset, DateTimeKind.Utc) : null;
    }
}
