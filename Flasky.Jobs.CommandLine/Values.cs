using System.CommandLine.Parsing;
using System.Globalization;

namespace Flasky.Jobs.CommandLine;

/// <summary>Reads what people write.</summary>
internal static class Values
{
    public static JobId Id(ArgumentResult result)
    {
        if (JobId.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var id))
            return id;
        result.AddError($"'{result.Tokens[0].Value}' is no job id; expected queue:32 hexadecimal digits, as 'jobs list' prints.");
        return default;
    }

    public static JobId[] Ids(ArgumentResult result)
    {
        var ids = new List<JobId>();
        foreach (var token in result.Tokens)
        {
            if (JobId.TryParse(token.Value, CultureInfo.InvariantCulture, out var id))
                ids.Add(id);
            else
                result.AddError($"'{token.Value}' is no job id; expected queue:32 hexadecimal digits, as 'jobs list' prints.");
        }
        return [.. ids];
    }

    /// <exception cref="UsageException">It is no duration.</exception>
    public static TimeSpan? Duration(string option, string? text) => text is null ? null
        : TryDuration(text, out var duration) ? duration
        : throw new UsageException($"{option} is '{text}'; expected a duration as 90s, 15m, 2h, 7d or 01:30:00.");

    /// <summary>A time, or a duration before now.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static DateTimeOffset? Moment(string option, string? text, DateTimeOffset now) => text is null ? null
        : TryDuration(text, out var ago) ? now - ago
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new UsageException($"{option} is '{text}'; expected a time as 2026-03-01T12:00Z, or a while ago as 90m, 2h, 7d.");

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var unit = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } : 0;
        if (unit == 0)
            return text.Contains(':', StringComparison.Ordinal) && text.Length <= 12 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;
        // Ten digits of days are more than a TimeSpan holds.
        if (!uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 3_650_000)
            return false;
        duration = TimeSpan.FromSeconds((long)count * unit);
        return true;
    }
}
