using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>Reads header fields (RFC 5322, and UTF-8 as of RFC 6532) up to the empty line.</summary>
internal static class HeaderReader
{
    // A bound against input made to be slow, far above what any sender needs.
    private const int MaxFields = 2000;

    /// <summary>Reads the header of an entity.</summary>
    /// <returns>The fields and where the body begins.</returns>
    public static (HeaderList Headers, int BodyStart) Read(ReadOnlySpan<byte> entity)
    {
        var headers = new HeaderList();
        var field = new StringBuilder();
        var position = 0;
        while (position < entity.Length)
        {
            var line = entity[position..].Line(out var next);
            if (line.IsEmpty)
            {
                position += next;
                break;
            }
            var folded = line[0] is (byte)' ' or (byte)'\t';
            // No field and no folded one: a body without the empty line before it.
            if (!folded && line.IndexOf((byte)':') <= 0) break;
            if (!folded) Add(headers, field);
            field.Append(Charsets.DecodeUtf8OrLatin1(line));
            position += next;
        }
        Add(headers, field);
        return (headers, position);
    }

    /// <summary>The first line, without its end, and where the next begins.</summary>
    public static ReadOnlySpan<byte> Line(this ReadOnlySpan<byte> bytes, out int next)
    {
        var lineFeed = bytes.IndexOf((byte)'\n');
        next = lineFeed < 0 ? bytes.Length : lineFeed + 1;
        var line = lineFeed < 0 ? bytes : bytes[..lineFeed];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private static void Add(HeaderList headers, StringBuilder field)
    {
        var text = field.ToString();
        field.Clear();
        var colon = text.IndexOf(':');
        if (colon > 0 && headers.Count < MaxFields) headers.Add((text[..colon].Trim(), text[(colon + 1)..].Trim()));
    }
}
