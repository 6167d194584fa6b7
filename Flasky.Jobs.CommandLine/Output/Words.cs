using System.Globalization;

namespace Flasky.Jobs.CommandLine.Output;

/// <summary>Puts values into words for people.</summary>
internal static class Words
{
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    public static string Age(TimeSpan? age) => age switch
    {
        null => "-",
        { TotalDays: >= 2 } days => string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:F1} d"),
        { TotalHours: >= 2 } hours => string.Create(CultureInfo.InvariantCulture, $"{hours.TotalHours:F1} h"),
        { TotalMinutes: >= 2 } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.TotalMinutes:F1} min"),
        { } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:F1} s"),
    };

    /// <summary>One line, and no longer than fits.</summary>
    public static string Line(string? text, int most)
    {
        var line = (text ?? "").ReplaceLineEndings(" ");
        return line.Length <= most ? line : $"{line.AsSpan(0, most - 1)}…";
    }

#pragma warning disable CA1308 // States are spelled small everywhere but in the enum.
    public static string State(Enum value) => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
