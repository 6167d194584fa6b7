using System.Globalization;

namespace Flasky.Jobs.Redis;

/// <summary>
/// What happened to a job, as Redis has it: lines of <c>ms state attempt worker error</c>. A tracked job has them in a list; the
/// failed attempts of any other travel with it, in one text.
/// </summary>
internal static class JobHistory
{
    /// <summary>Failed attempts that travel with a job; older ones are dropped.</summary>
    public const int Most = 16;

    private const int LongestError = 4000;

    /// <summary>Between the lines of a text: an error may contain line breaks.</summary>
    private const char Separator = '\u001e';

    public static string Shorten(string error) => error.Length <= LongestError ? error : error[..LongestError];

    /// <summary>The text with one more line.</summary>
    public static string Append(string history, JobEvent entry)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{entry.At.ToUnixTimeMilliseconds()} {WireState.Write(entry.State)} {entry.Attempt} {entry.Worker} {Shorten(entry.Error ?? "")}");
        var kept = history.Length == 0 ? [] : history.Split(Separator).TakeLast(Most - 1);
        return string.Join(Separator, kept.Append(line));
    }

    public static IReadOnlyList<JobEvent> Read(string history) => history.Length == 0 ? [] : Read(history.Split(Separator));

    /// <summary>Lines that cannot be read are left out: history is for people, and must not keep a job from being shown.</summary>
    public static IReadOnlyList<JobEvent> Read(string[] lines) => [.. lines.Select(ReadLine).OfType<JobEvent>()];

    private static JobEvent? ReadLine(string line) =>
        line.Split(' ', 5) is [var at, var state, var attempt, var worker, var error]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && WireState.Read(state) is { } known
            ? new JobEvent(DateTimeOffset.FromUnixTimeMilliseconds(ms), known, number, worker.Length > 0 ? worker : null, error.Length > 0 ? error : null)
            : null;
}
