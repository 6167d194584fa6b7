using System.Numerics;

namespace Flasky.Jobs;

/// <summary>A parsed expression: the allowed values of each field as bits, and the search for the next local time.</summary>
internal sealed class CronFields
{
    /// <summary>The calendar repeats after 400 years, weekdays included: what has not come by then never will.</summary>
    private const int MonthsToSearch = 400 * 12;

    public required ulong Seconds { get; init; }
    public required ulong Minutes { get; init; }
    public required ulong Hours { get; init; }
    public required ulong Months { get; init; }
    public required CronDays Days { get; init; }

    /// <summary>Whether the times of day are given by a rule (<c>*</c>, a range, a step) rather than written out.</summary>
    public required bool IsInterval { get; init; }

    /// <summary>The first whole second after <paramref name="local"/> that fits; null if there is none.</summary>
    public DateTime? Next(DateTime local)
    {
        if (local.Ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerSecond)
            return null;
        var from = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond);
        return NextDay(from.Date, inclusive: true) is not { } day ? null
            : day > from.Date ? day + FirstTime
            : NextTime(from.TimeOfDay) is { } time ? day + time
            : NextDay(day, inclusive: false) is { } later ? later + FirstTime
            : null;
    }

    private TimeSpan FirstTime => new(First(Hours), First(Minutes), First(Seconds));

    private DateTime? NextDay(DateTime from, bool inclusive)
    {
        var (year, month, day) = (from.Year, from.Month, inclusive ? from.Day : from.Day + 1);
        for (var searched = 0; searched <= MonthsToSearch && year <= DateTime.MaxValue.Year; searched++)
        {
            if (Has(Months, month) && AtLeast(Days.In(year, month), day) is { } found)
                return new DateTime(year, month, found);
            day = 1;
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }
        return null;
    }

    private TimeSpan? NextTime(TimeSpan from)
    {
        if (Has(Hours, from.Hours))
        {
            if (Has(Minutes, from.Minutes) && AtLeast(Seconds, from.Seconds) is { } second)
                return new TimeSpan(from.Hours, from.Minutes, second);
            if (AtLeast(Minutes, from.Minutes + 1) is { } minute)
                return new TimeSpan(from.Hours, minute, First(Seconds));
        }
        return AtLeast(Hours, from.Hours + 1) is { } hour ? new TimeSpan(hour, First(Minutes), First(Seconds)) : null;
    }

    private static bool Has(ulong bits, int value) => (bits & (1UL << value)) != 0;

    private static int First(ulong bits) => BitOperations.TrailingZeroCount(bits);

    /// <param name="bits">No bit above 60.</param>
    /// <param name="value">0 to 61.</param>
    private static int? AtLeast(ulong bits, int value) => bits >> value << value is var rest and not 0 ? First(rest) : null;
}
