using System.Globalization;
using System.Text;

namespace MimeKit.Encodings;

/// <summary>Quoted-printable (RFC 2045 section 6.7).</summary>
internal static class QuotedPrintable
{
    /// <summary>The longest line, with the <c>=</c> of its soft break.</summary>
    private const int MaxLength = 76;

    internal static void Encode(ReadOnlySpan<byte> content, MimeWriter writer)
    {
        var text = new StringBuilder(content.Length * 5 / 4);
        while (!content.IsEmpty)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            Line(end > 0 && line[^1] == '\r' ? line[..^1] : line, text);
            if (end >= 0)
            {
                text.Append('\n');
            }
            content = end < 0 ? [] : content[(end + 1)..];
        }
        writer.Text(text.ToString());
    }

    private static void Line(ReadOnlySpan<byte> line, StringBuilder text)
    {
        var column = 0;
        // mbox stores and old relays change a line that starts so
        var isFrom = line.StartsWith("From "u8);
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var literal = line[i] switch
            {
                (byte)'=' => false,
                // white space at a line's end gets lost on the way
                (byte)' ' or (byte)'\t' => !last,
                (byte)'F' when isFrom && i == 0 => false,
                _ => line[i] is > (byte)' ' and <= (byte)'~',
            };
            var length = literal ? 1 : 3;
            if (column + length > (last ? MaxLength : MaxLength - 1))
            {
                text.Append("=\n");
                column = 0;
            }
            column += length;
            if (literal)
            {
                text.Append((char)line[i]);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"={line[i]:X2}");
            }
        }
    }
}
