using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>Bytes to text, never failing.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes by the name of a charset; an unknown one is taken for UTF-8, or Latin-1 where that does not fit.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset) =>
        Find(charset) is { } encoding ? encoding.GetString(bytes) : DecodeUtf8OrLatin1(bytes);

    public static string DecodeUtf8OrLatin1(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static Encoding? Find(string? charset)
    {
        // ASCII says nothing about the bytes above 127 that senders put under its name.
        if (string.IsNullOrEmpty(charset) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null; // unknown, or one that .NET refuses, such as UTF-7
        }
    }
}
