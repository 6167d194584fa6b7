using System.Globalization;

namespace Flasky.Mailbox.Mime;

/// <summary>Reads the Date field: <c>Tue, 1 Jul 2025 10:52:37 +0200 (CEST)</c>.</summary>
internal static class DateReader
{
    private static readonly string[] Formats = ["d MMM yyyy H:m:s zzz", "d MMM yyyy H:m zzz", "d MMM yy H:m:s zzz"];

    public static DateTimeOffset? Read(string? raw)
    {
        if (raw is null) return null;
        var comment = raw.IndexOf('(');
        var text = comment < 0 ? raw : raw[..comment];
        var words = text[(text.IndexOf(',') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5) return null;
        words[4] = Zone(words[4]);
        return DateTimeOffset.TryParseExact(string.Join(' ', words, 0, 5), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    // The obsolete names of RFC 5322, 4.3; an unknown one means an unknown offset, which is written as -0000.
    private static string Zone(string zone) => zone switch
    {
        [var sign and ('+' or '-'), _, _, _, _] => $"{sign}{zone[1..3]}:{zone[3..5]}",
        "EDT" => "-04:00",
        "EST" or "CDT" => "-05:00",
        "CST" or "MDT" => "-06:00",
        "MST" or "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => "+00:00",
    };
}
