using System.Globalization;

namespace Flasky.Jobs;

/// <summary>What one field of an expression may hold.</summary>
internal sealed class CronFieldKind(string name, int min, int max, string allowed, params string[] names)
{
    private const string Rules = "'*', lists (1,2), ranges (1-5) and steps (*/2) of them";

    public static readonly CronFieldKind Seconds = new("seconds", 0, 59, $"0-59, {Rules}");
    public static readonly CronFieldKind Minutes = new("minutes", 0, 59, $"0-59, {Rules}");
    public static readonly CronFieldKind Hours = new("hours", 0, 23, $"0-23, {Rules}");
    public static readonly CronFieldKind DayOfMonth = new("day of month", 1, 31, $"1-31, {Rules}, '?', L, L-3, 15W and LW");

    public static readonly CronFieldKind Month = new("month", 1, 12, $"1-12, JAN-DEC, {Rules}",
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    public static readonly CronFieldKind DayOfWeek = new("day of week", 0, 7, $"0-7 (0 and 7 are Sunday), SUN-SAT, {Rules}, '?', 5L (the last Friday) and MON#2 (the second Monday)",
        "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    public int Min => min;

    public int Max => max;

    /// <summary>The highest value that is not another's second name.</summary>
    public int Last => this == DayOfWeek ? 6 : max;

    /// <summary>A number in range or a name; null if the text is neither.</summary>
    public int? Value(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (text.Equals(names[i], StringComparison.OrdinalIgnoreCase))
                return min + i;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null;
    }

    public FormatException Error(string expression, string item) =>
        new($"Cron expression '{expression}': the {name} field has '{item}'; allowed are {allowed}.");
}
