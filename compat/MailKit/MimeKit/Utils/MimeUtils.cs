using System.Globalization;
using System.Security.Cryptography;

namespace MimeKit.Utils;

/// <summary>Small things of the message format.</summary>
public static class MimeUtils
{
    internal const string DateFormat = "ddd, dd MMM yyyy HH:mm:ss zzz";

    /// <summary>A new Message-Id (without angle brackets) under this machine's name.</summary>
    public static string GenerateMessageId() => GenerateMessageId(Environment.MachineName);

    /// <summary>A new Message-Id (without angle brackets) under that domain.</summary>
    public static string GenerateMessageId(string domain)
    {
        ArgumentException.ThrowIfNullOrEmpty(domain);
        return $"{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}@{AddrSpec.Idn.GetAscii(domain)}";
    }

    internal static string FormatDate(DateTimeOffset date)
    {
        var text = date.ToString(DateFormat, CultureInfo.InvariantCulture);
        // RFC 5322 writes the offset without a colon
        return text.Remove(text.LastIndexOf(':'), 1);
    }

    internal static string ReadMessageId(string? text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var id = text.Trim();
        if (id.StartsWith('<') && id.EndsWith('>'))
        {
            id = id[1..^1];
        }
        var at = id.LastIndexOf('@');
        if (at <= 0 || at == id.Length - 1 || id.Any(c => c is ' ' or '<' or '>' || char.IsControl(c)))
        {
            throw new ArgumentException("Invalid Message-Id format.", nameof(text));
        }
        return id;
    }
}
