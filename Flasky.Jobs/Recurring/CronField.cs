using System.Globalization;

namespace Flasky.Jobs;

/// <summary>One field of an expression while it is read.</summary>
internal sealed class CronField
{
    private readonly List<MonthDay> monthDays = [];
    private readonly List<NthWeekday> nthWeekdays = [];
    private readonly CronFieldKind kind;

    private CronField(CronFieldKind kind) => this.kind = kind;

    public ulong Bits { get; private set; }

    /// <summary>Whether a rule (<c>*</c>, a range, a step) gives the values rather than a list.</summary>
    public bool IsInterval { get; private set; }

    public IReadOnlyList<MonthDay> MonthDays => monthDays;

    public IReadOnlyList<NthWeekday> NthWeekdays => nthWeekdays;

    /// <exception cref="FormatException">The text is not allowed in such a field.</exception>
    public static CronField Parse(CronFieldKind kind, string text, string expression)
    {
        var field = new CronField(kind);
        if (text == "?" && (kind == CronFieldKind.DayOfMonth || kind == CronFieldKind.DayOfWeek))
            text = "*";
        foreach (var item in text.Split(','))
        {
            if (!field.TryAddSpecial(item) && !field.TryAddRange(item))
                throw kind.Error(expression, item);
        }
        return field;
    }

    private bool TryAddSpecial(string item)
    {
        if (kind == CronFieldKind.DayOfMonth && MonthDayOf(item) is { } monthDay)
        {
            monthDays.Add(monthDay);
            return true;
        }
        if (kind == CronFieldKind.DayOfWeek && NthWeekdayOf(item) is { } weekday)
        {
            nthWeekdays.Add(weekday);
            return true;
        }
        return false;
    }

    /// <summary><c>L</c>, <c>L-3</c>, <c>LW</c>, <c>L-3W</c> or <c>15W</c>.</summary>
    private MonthDay? MonthDayOf(string item)
    {
        var toWeekday = item.EndsWith('W') || item.EndsWith('w');
        var day = toWeekday ? item[..^1] : item;
        if (day.Equals("L", StringComparison.OrdinalIgnoreCase))
            return new MonthDay(0, toWeekday);
        if (day.StartsWith("L-", StringComparison.OrdinalIgnoreCase))
            return int.TryParse(day.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var back) && back is >= 1 and <= 30 ? new MonthDay(-back, toWeekday) : null;
        return toWeekday && kind.Value(day) is { } value ? new MonthDay(value, true) : null;
    }

    /// <summary><c>5L</c>, <c>FRIL</c>, <c>5#2</c> or <c>FRI#2</c>.</summary>
    private NthWeekday? NthWeekdayOf(string item)
    {
        if (item.Length > 1 && (item.EndsWith('L') || item.EndsWith('l')))
            return kind.Value(item.AsSpan(..^1)) is { } last ? new NthWeekday(last % 7, 0) : null;
        return item.Length > 2 && item[^2] == '#' && item[^1] is >= '1' and <= '5' && kind.Value(item.AsSpan(..^2)) is { } day
            ? new NthWeekday(day % 7, item[^1] - '0')
            : null;
    }

    /// <summary><c>*</c>, <c>5</c>, <c>5-8</c>, and each with a step.</summary>
    private bool TryAddRange(string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? item : item[..slash];
        var step = 1;
        if (slash >= 0 && !(int.TryParse(item.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) && step >= 1 && step <= kind.Max))
            return false;

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = range == "*" ? kind.Min : kind.Value(dash < 0 ? range : range.AsSpan(..dash));
        var to = range == "*" ? kind.Last : dash >= 0 ? kind.Value(range.AsSpan(dash + 1)) : slash >= 0 ? kind.Last : from;
        if (from is null || to is null)
            return false;
        IsInterval |= range == "*" || dash >= 0 || slash >= 0;
        Add(from.Value, to.Value, step);
        return true;
    }

    /// <summary>A range whose end comes before its start goes round: FRI-MON, 22-2.</summary>
    private void Add(int from, int to, int step)
    {
        var count = kind.Last - kind.Min + 1;
        var end = to >= from ? to : to + count;
        for (var value = from; value <= end; value += step)
            Bits |= 1UL << (kind.Min + ((value - kind.Min) % count));
    }
}
