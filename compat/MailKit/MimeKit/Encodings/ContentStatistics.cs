namespace MimeKit.Encodings;

/// <summary>What of a text decides how it can be written.</summary>
internal readonly record struct ContentStatistics(int Total, int Nulls, int NonAscii, int LongestLine, bool HasFragileLine)
{
    /// <summary>From this share of non-ASCII bytes on, base64 is shorter than quoted-printable.</summary>
    private const double Base64Share = 0.17;

    internal static ContentStatistics Of(ReadOnlySpan<byte> content)
    {
        var longest = 0;
        var fragile = false;
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            longest = Math.Max(longest, line.Length);
            // old relays change a line that starts with "From "; a carriage return alone must not reach an SMTP server
            fragile |= line.StartsWith("From "u8) || line.Contains((byte)'\r');
        }
        var nonAscii = content.Length - content.Count((byte)0);
        foreach (var b in content)
        {
            nonAscii -= b is > 0 and < 0x80 ? 1 : 0;
        }
        return new(content.Length, content.Count((byte)0), nonAscii, longest, fragile);
    }

    internal ContentEncoding BestEncoding(EncodingConstraint constraint, int maxLineLength)
    {
        var needsLines = HasFragileLine || LongestLine > maxLineLength;
        return constraint switch
        {
            _ when Nulls > 0 => ContentEncoding.Base64,
            EncodingConstraint.SevenBit when NonAscii > 0 => ForSevenBit,
            EncodingConstraint.None when needsLines => ForSevenBit,
            _ when needsLines => ContentEncoding.QuotedPrintable,
            _ when NonAscii > 0 => ContentEncoding.EightBit,
            _ => ContentEncoding.SevenBit,
        };
    }

    private ContentEncoding ForSevenBit =>
        NonAscii >= Total * Base64Share ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
}
