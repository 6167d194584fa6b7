using System.Globalization;
using System.Text;

namespace MimeKit;

/// <summary>Reads <c>local@domain</c> (RFC 5322 section 3.4.1 with the letters RFC 6532 adds).</summary>
internal static class AddrSpec
{
    internal static readonly IdnMapping Idn = new();

    internal static string Parse(string text)
    {
        text = text.Trim(' ');
        if (text.Length == 0)
        {
            return "";
        }
        var end = text[0] == '"' ? QuotedEnd(text) : AtomsEnd(text, 0, Encodings.HeaderText.IsAtomChar);
        if (end == text.Length)
        {
            return text;
        }
        if (end == 0 || text[end] != '@')
        {
            throw Unexpected(text, end);
        }
        var domain = end + 1;
        var domainEnd = domain < text.Length && text[domain] == '[' ? LiteralEnd(text, domain) : AtomsEnd(text, domain, IsDomainChar);
        if (domainEnd != text.Length || domainEnd == domain)
        {
            throw Unexpected(text, domainEnd);
        }
        return text.Contains("xn--", StringComparison.OrdinalIgnoreCase) ? $"{text[..domain]}{Idn.GetUnicode(text[domain..])}" : text;
    }

    private static bool IsDomainChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || !char.IsAscii(c);

    private static int AtomsEnd(string text, int start, Func<char, bool> allowed)
    {
        var i = start;
        while (i < text.Length && (allowed(text[i]) || (text[i] == '.' && i > start && text[i - 1] != '.')))
        {
            i++;
        }
        return i > start && text[i - 1] == '.' ? throw Unexpected(text, i - 1) : i;
    }

    private static int QuotedEnd(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }
            if (text[i] == '\\')
            {
                i++;
            }
            if (i == text.Length || char.IsControl(text[i]))
            {
                throw Unexpected(text, i);
            }
        }
        throw Unexpected(text, text.Length);
    }

    private static int LiteralEnd(string text, int start)
    {
        var end = text.IndexOf(']', start);
        return end > 0 && text[(start + 1)..end].All(c => char.IsAsciiHexDigit(c) || c is 'I' or 'P' or 'v' or '.' or ':')
            ? end + 1
            : throw Unexpected(text, start);
    }

    private static ParseException Unexpected(string text, int index) => index < text.Length
        ? new ParseException(string.Create(CultureInfo.InvariantCulture, $"Unexpected '{new Rune(char.IsSurrogate(text[index]) ? '?' : text[index])}' token at offset {index}"), index, index)
        : new ParseException("The address ends too early", index, index);
}
