using System.Text;

namespace Flasky.Web.Writing;

/// <summary>What is kept of a text that somebody typed.</summary>
public static class PlainText
{
    /// <summary>
    /// The text without surrounding white space, with lines ended by <c>\n</c>, and without the characters that neither the database
    /// nor a feed can hold: control characters and halves of surrogate pairs.
    /// </summary>
    public static string Clean(string? text)
    {
        var kept = (text ?? "").ReplaceLineEndings("\n").EnumerateRunes()
            .Where(rune => rune.Value is '\n' or '\t' || (!Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF)));
        return string.Concat(kept).Trim();
    }

    /// <summary>The same; null when nothing is left.</summary>
    public static string? CleanOrNull(string? text) => Clean(text) is { Length: > 0 } clean ? clean : null;

    /// <summary>At most <paramref name="length"/> characters of a text, without cutting one in half; what is cut shows as an ellipsis.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : $"{Cut(text, length - 1)}…";

    /// <summary>At most <paramref name="length"/> characters of a text, without cutting one in half.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
