namespace Flasky.Jobs;

/// <summary>The two day fields, which only a month of a year turns into days.</summary>
internal sealed class CronDays
{
    /// <summary>Days of the month that are named as such.</summary>
    public required ulong OfMonth { get; init; }

    /// <summary>Days of the week, Sunday as 0.</summary>
    public required ulong OfWeek { get; init; }

    /// <summary>Days of the month that only the month tells: <c>L</c>, <c>L-3</c>, <c>15W</c>, <c>LW</c>.</summary>
    public required IReadOnlyList<MonthDay> MonthDays { get; init; }

    /// <summary>Days of the week that only the month tells: <c>5L</c>, <c>MON#2</c>.</summary>
    public required IReadOnlyList<NthWeekday> NthWeekdays { get; init; }

    /// <summary>Whether a day that fits one field will do; otherwise it must fit both.</summary>
    public required bool Either { get; init; }

    /// <summary>The days of one month that fit, as bits 1 to 31.</summary>
    public ulong In(int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        var firstWeekday = (int)new DateTime(year, month, 1).DayOfWeek;
        var ofMonth = OfMonth;
        foreach (var day in MonthDays)
            ofMonth |= day.In(length, firstWeekday);

        ulong ofWeek = 0;
        for (var day = 1; day <= length; day++)
        {
            if ((OfWeek & (1UL << ((firstWeekday + day - 1) % 7))) != 0)
                ofWeek |= 1UL << day;
        }
        foreach (var weekday in NthWeekdays)
            ofWeek |= weekday.In(length, firstWeekday);

        var both = Either ? ofMonth | ofWeek : ofMonth & ofWeek;
        return both & ((1UL << (length + 1)) - 1);
    }
}

/// <param name="Day">1 to 31; or, counted from the month's last day, 0 (the last) to -30.</param>
/// <param name="Weekday">Moved to the nearest day from Monday to Friday of the same month.</param>
internal sealed record MonthDay(int Day, bool Weekday)
{
    public ulong In(int length, int firstWeekday)
    {
        var day = Day > 0 ? Day : length + Day;
        if (day < 1 || day > length)
            return 0;
        if (Weekday)
        {
            day += ((firstWeekday + day - 1) % 7) switch
            {
                6 => day == 1 ? 2 : -1,
                0 => day == length ? -2 : 1,
                _ => 0,
            };
        }
        return 1UL << day;
    }
}

/// <param name="Weekday">Sunday as 0.</param>
/// <param name="Nth">1 to 5, or 0 for the last.</param>
internal sealed record NthWeekday(int Weekday, int Nth)
{
    public ulong In(int length, int firstWeekday)
    {
        var day = 1 + ((Weekday - firstWeekday + 7) % 7);
        day += 7 * (Nth > 0 ? Nth - 1 : (length - day) / 7);
        return day <= length ? 1UL << day : 0;
    }
}
