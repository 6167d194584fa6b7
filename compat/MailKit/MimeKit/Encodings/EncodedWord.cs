using System.Globalization;
using System.Text;

namespace MimeKit.Encodings;

/// <summary>Encoded words (RFC 2047) in UTF-8.</summary>
internal static class EncodedWord
{
    /// <summary>RFC 2047 section 2: no encoded word is longer.</summary>
    private const int MaxLength = 75;

    private const string Prefix = "=?utf-8?q?";
    private const string Suffix = "?=";

    /// <summary>Below this a first word is not squeezed into what is left of the line.</summary>
    private const int LeastRoom = 24;

    /// <summary>Writes the text as as many encoded words as it takes, never splitting a character between two.</summary>
    internal static void Write(HeaderLine line, string space, string text)
    {
        var base64 = Base64Length(Encoding.UTF8.GetByteCount(text)) < text.EnumerateRunes().Sum(QLength);
        var runes = text.EnumerateRunes().ToArray();
        for (var start = 0; start < runes.Length;)
        {
            var room = line.Room(space) is >= LeastRoom and var left ? Math.Min(left, MaxLength) : MaxLength;
            var end = Fit(runes, start, room - Prefix.Length - Suffix.Length, base64);
            var chunk = string.Concat(runes[start..end].Select(r => r.ToString()));
            line.Word(space, base64
                ? $"=?utf-8?b?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk))}{Suffix}"
                : Prefix + Q(chunk) + Suffix);
            start = end;
            space = " ";
        }
    }

    private static int Fit(Rune[] runes, int start, int room, bool base64)
    {
        var end = start;
        var bytes = 0;
        var q = 0;
        while (end < runes.Length)
        {
            bytes += runes[end].Utf8SequenceLength;
            q += QLength(runes[end]);
            if ((base64 ? Base64Length(bytes) : q) > room)
            {
                break;
            }
            end++;
        }
        return end;
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    private static int QLength(Rune rune) => IsLiteral(rune) ? 1 : 3 * rune.Utf8SequenceLength;

    private static string Q(string text)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (!IsLiteral(new Rune((uint)b)))
            {
                result.Append(CultureInfo.InvariantCulture, $"={b:X2}");
            }
            else
            {
                result.Append(b == ' ' ? '_' : (char)b);
            }
        }
        return result.ToString();
    }

    /// <summary>What may stand for itself even in a display name (RFC 2047 section 5 rule 3), and the space, which becomes an underscore.</summary>
    private static bool IsLiteral(Rune rune) =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || " !*+-/".Contains((char)rune.Value));
}
