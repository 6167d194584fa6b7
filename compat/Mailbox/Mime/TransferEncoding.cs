using System.Buffers.Text;
using System.Globalization;

namespace Flasky.Mailbox.Mime;

/// <summary>Undoes Content-Transfer-Encoding; what is malformed is kept as it stands or left out, never an error.</summary>
internal static class TransferEncoding
{
    public static byte[] Decode(ReadOnlySpan<byte> body, string? encoding) => encoding?.Trim().ToUpperInvariant() switch
    {
        "BASE64" => FromBase64(body),
        "QUOTED-PRINTABLE" => FromQuotedPrintable(body),
        _ => body.ToArray(),
    };

    public static byte[] FromBase64(ReadOnlySpan<byte> body)
    {
        var digits = new byte[body.Length + 3];
        var length = 0;
        foreach (var b in body)
        {
            if (b == '=' && length % 4 >= 2) break;
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/') digits[length++] = b;
        }
        if (length % 4 == 1) length--; // a lone digit carries no byte
        while (length % 4 != 0) digits[length++] = (byte)'=';
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(length)];
        Base64.DecodeFromUtf8(digits.AsSpan(0, length), decoded, out _, out var written);
        return decoded[..written];
    }

    public static byte[] FromQuotedPrintable(ReadOnlySpan<byte> body)
    {
        var decoded = new byte[body.Length];
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '=')
            {
                decoded[length++] = body[i];
            }
            else if (i + 2 < body.Length
                && byte.TryParse(body.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                decoded[length++] = value;
                i += 2;
            }
            else if (SoftBreak(body[(i + 1)..]) is > 0 and var skip)
            {
                i += skip;
            }
            else
            {
                decoded[length++] = body[i];
            }
        }
        return decoded[..length];
    }

    // The length of a line end, after white space that transport may have added; 0 if it is something else.
    private static int SoftBreak(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (end < 0) return rest.Length;
        return rest[end..] switch
        {
            [(byte)'\r', (byte)'\n', ..] => end + 2,
            [(byte)'\n', ..] => end + 1,
            _ => 0,
        };
    }
}
