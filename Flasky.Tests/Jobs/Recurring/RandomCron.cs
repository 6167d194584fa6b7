using System.Globalization;

namespace Flasky.Tests.Jobs.Recurring;

/// <summary>A random expression, and, by a way of its own, which local times fit it.</summary>
internal sealed class RandomCron
{
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly Random random;
    private readonly Field minutes;
    private readonly Field hours;
    private readonly Field months;
    private readonly (string Text, Func<DateTime, bool> Fits) ofMonth;
    private readonly (string Text, Func<DateTime, bool> Fits) ofWeek;

    public RandomCron(Random random, bool sparse)
    {
        this.random = random;
        minutes = sparse ? new Field("7", [7], false) : NewField(0, 59, null);
        hours = sparse ? new Field("3", [3], false) : NewField(0, 23, null);
        months = sparse ? NewField(1, 12, MonthNames) : new Field("*", [.. Enumerable.Range(1, 12)], true);
        ofMonth = NewDayOfMonth(sparse);
        ofWeek = NewDayOfWeek(sparse);
        if (ofMonth.Text == "?" && ofWeek.Text == "?")
            ofWeek = ("*", _ => true);
    }

    public string Text => $"{minutes.Text} {hours.Text} {ofMonth.Text} {months.Text} {ofWeek.Text}";

    public bool IsInterval => minutes.IsRule || hours.IsRule;

    public bool Fits(DateTime local) =>
        local.Second == 0 && minutes.Values.Contains(local.Minute) && hours.Values.Contains(local.Hour) && FitsDay(local);

    public bool FitsDay(DateTime local) => months.Values.Contains(local.Month)
        && (ofMonth.Text[0] is '*' or '?' || ofWeek.Text[0] is '*' or '?'
            ? ofMonth.Fits(local) && ofWeek.Fits(local)
            : ofMonth.Fits(local) || ofWeek.Fits(local));

    private Field NewField(int min, int max, string[]? names)
    {
        string Write(int value) => names is not null && random.Next(2) == 0 ? names[value - min] : value.ToString(CultureInfo.InvariantCulture);
        var texts = new List<string>();
        var values = new HashSet<int>();
        var isRule = false;
        for (var items = random.Next(1, 4); items > 0; items--)
        {
            var (from, to, step) = (random.Next(min, max + 1), random.Next(min, max + 1), random.Next(1, 8));
            switch (random.Next(6))
            {
                case 0:
                    texts.Add($"*/{step}");
                    values.UnionWith(Enumerable.Range(min, max - min + 1).Where(value => (value - min) % step == 0));
                    isRule = true;
                    break;
                case 1:
                    texts.Add($"{Write(from)}-{Write(to)}");
                    for (var value = from; ; value = value == max ? min : value + 1)
                    {
                        values.Add(value);
                        if (value == to)
                            break;
                    }
                    isRule = true;
                    break;
                case 2:
                    texts.Add($"{Write(from)}/{step}");
                    values.UnionWith(Enumerable.Range(from, max - from + 1).Where(value => (value - from) % step == 0));
                    isRule = true;
                    break;
                default:
                    texts.Add(Write(from));
                    values.Add(from);
                    break;
            }
        }
        return new Field(string.Join(',', texts), values, isRule);
    }

    private (string, Func<DateTime, bool>) NewDayOfMonth(bool sparse)
    {
        var day = random.Next(1, 32);
        switch (random.Next(sparse ? 8 : 3))
        {
            case 0: return ("*", _ => true);
            case 1: return ("?", _ => true);
            case 2:
                var field = NewField(1, 31, null);
                return (field.Text, date => field.Values.Contains(date.Day));
            case 3: return ("L", date => date.Day == Length(date));
            case 4: return ($"L-{day % 30 + 1}", date => date.Day == Length(date) - (day % 30 + 1));
            case 5: return ("LW", date => date.Day == Nearest(date, Length(date)));
            default: return ($"{day}W", date => date.Day == Nearest(date, day));
        }
    }

    private (string, Func<DateTime, bool>) NewDayOfWeek(bool sparse)
    {
        var (day, nth) = (random.Next(7), random.Next(1, 6));
        switch (random.Next(sparse ? 6 : 3))
        {
            case 0: return ("*", _ => true);
            case 1: return ("?", _ => true);
            case 2:
                var field = NewField(0, 6, DayNames);
                return (field.Text, date => field.Values.Contains((int)date.DayOfWeek));
            case 3: return ($"{DayNames[day]}L", date => (int)date.DayOfWeek == day && date.AddDays(7).Month != date.Month);
            default: return ($"{(day == 0 ? 7 : day)}#{nth}", date => (int)date.DayOfWeek == day && (date.Day + 6) / 7 == nth);
        }
    }

    private static int Length(DateTime date) => DateTime.DaysInMonth(date.Year, date.Month);

    /// <summary>The working day of the month that is nearest to a day of it; none (0) when the month has no such day.</summary>
    private static int Nearest(DateTime date, int day) => day > Length(date) ? 0 : Enumerable.Range(1, Length(date))
        .Where(other => new DateTime(date.Year, date.Month, other).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        .MinBy(other => Math.Abs(other - day));

    private sealed record Field(string Text, HashSet<int> Values, bool IsRule);
}
