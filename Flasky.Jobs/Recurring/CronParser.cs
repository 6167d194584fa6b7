namespace Flasky.Jobs;

/// <summary>Splits an expression into its fields.</summary>
internal static class CronParser
{
    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
        ["@every_minute"] = "* * * * *",
        ["@every_second"] = "* * * * * *",
    };

    public static CronFields Parse(string expression)
    {
        var text = expression.Trim();
        if (text.StartsWith('@') && !Macros.TryGetValue(text, out text))
            throw new FormatException($"Cron expression '{expression}' is no known macro; allowed are {string.Join(", ", Macros.Keys)}.");

        var parts = text!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (5 or 6))
        {
            throw new FormatException(
                $"Cron expression '{expression}' has {parts.Length} fields; allowed are 5 (minutes, hours, day of month, month, day of week) or 6 (seconds first).");
        }
        if (parts.Length == 5)
            parts = ["0", .. parts];

        CronField Field(CronFieldKind kind, int index) => CronField.Parse(kind, parts[index], expression);
        var seconds = Field(CronFieldKind.Seconds, 0);
        var minutes = Field(CronFieldKind.Minutes, 1);
        var hours = Field(CronFieldKind.Hours, 2);
        var ofMonth = Field(CronFieldKind.DayOfMonth, 3);
        var months = Field(CronFieldKind.Month, 4);
        var ofWeek = Field(CronFieldKind.DayOfWeek, 5);
        if (parts[3] == "?" && parts[5] == "?")
            throw new FormatException($"Cron expression '{expression}': the day of month field and the day of week field are both '?'; allowed is one of them.");

        return new CronFields
        {
            Seconds = seconds.Bits,
            Minutes = minutes.Bits,
            Hours = hours.Bits,
            Months = months.Bits,
            Days = new CronDays
            {
                OfMonth = ofMonth.Bits,
                OfWeek = ofWeek.Bits,
                MonthDays = ofMonth.MonthDays,
                NthWeekdays = ofWeek.NthWeekdays,
                Either = !IsOpen(parts[3]) && !IsOpen(parts[5]),
            },
            IsInterval = seconds.IsInterval || minutes.IsInterval || hours.IsInterval,
        };
    }

    private static bool IsOpen(string field) => field[0] is '*' or '?';
}
