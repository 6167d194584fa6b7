using System.Text;
using System.Text.RegularExpressions;

namespace Flasky.Mailbox.Mime;

/// <summary>Decodes <c>=?utf-8?q?caf=C3=A9?=</c> in header fields (RFC 2047).</summary>
internal static partial class EncodedWords
{
    public static string Decode(string raw)
    {
        if (!raw.Contains("=?", StringComparison.Ordinal)) return raw;
        var text = new StringBuilder();
        var bytes = new List<byte>(); // of adjacent words in one charset: senders cut characters in two
        string? charset = null;
        var position = 0;
        foreach (Match word in Word().Matches(raw))
        {
            var between = raw.AsSpan(position, word.Index - position);
            position = word.Index + word.Length;
            var name = word.Groups["charset"].Value.Split('*')[0]; // RFC 2231 may add a language
            // White space between two words belongs to the encoding, not to the text.
            var adjacent = charset is not null && between.IsWhiteSpace();
            if (!adjacent || !name.Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                text.Append(Charsets.Decode([.. bytes], charset));
                bytes.Clear();
                if (!adjacent) text.Append(between);
            }
            charset = name;
            bytes.AddRange(Content(word));
        }
        text.Append(Charsets.Decode([.. bytes], charset)).Append(raw.AsSpan(position));
        return text.ToString();
    }

    private static byte[] Content(Match word)
    {
        var content = Encoding.UTF8.GetBytes(word.Groups["content"].Value);
        if (word.Groups["encoding"].Value is "b" or "B") return TransferEncoding.FromBase64(content);
        content.AsSpan().Replace((byte)'_', (byte)' ');
        return TransferEncoding.FromQuotedPrintable(content);
    }

    [GeneratedRegex(@"=\?(?<charset>[^?\s]+)\?(?<encoding>[bBqQ])\?(?<content>[^?\s]*)\?=", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
