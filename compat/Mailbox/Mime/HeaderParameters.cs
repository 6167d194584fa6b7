using System.Globalization;
using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>
/// A structured field such as Content-Type: a value and parameters, also in the pieces and with the charsets of RFC 2231.
/// </summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> parameters = new(StringComparer.OrdinalIgnoreCase);

    private HeaderParameters(string value) => Value = value;

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    public string Value { get; }

    public static HeaderParameters Parse(string? raw)
    {
        var items = Split(raw ?? "");
        var header = new HeaderParameters(items[0].Trim().ToLowerInvariant());
        foreach (var item in items.Skip(1))
        {
            var equals = item.IndexOf('=');
            if (equals > 0) header.parameters.TryAdd(item[..equals].Trim(), Unquote(item[(equals + 1)..].Trim()));
        }
        return header;
    }

    /// <summary>A parameter, decoded; null if there is none.</summary>
    public string? Find(string name)
    {
        if (parameters.TryGetValue(name + "*", out var extended)) return DecodeExtended([(extended, true)]);
        if (parameters.TryGetValue(name, out var plain)) return EncodedWords.Decode(plain);
        var pieces = new List<(string, bool)>();
        for (var i = 0; ; i++)
        {
            var piece = string.Create(CultureInfo.InvariantCulture, $"{name}*{i}");
            if (parameters.TryGetValue(piece + "*", out var encoded)) pieces.Add((encoded, true));
            else if (parameters.TryGetValue(piece, out var literal)) pieces.Add((literal, false));
            else return pieces.Count == 0 ? null : DecodeExtended(pieces);
        }
    }

    // The first piece begins with charset'language' if it is encoded.
    private static string DecodeExtended(List<(string Text, bool Encoded)> pieces)
    {
        string? charset = null;
        var bytes = new List<byte>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var (text, encoded) = pieces[i];
            if (i == 0 && encoded && text.Split('\'', 3) is [var name, _, var rest]) (charset, text) = (name, rest);
            bytes.AddRange(encoded ? FromPercent(text) : Encoding.UTF8.GetBytes(text));
        }
        return Charsets.Decode([.. bytes], charset);
    }

    private static byte[] FromPercent(string text) => TransferEncoding.FromQuotedPrintable(Encoding.UTF8.GetBytes(text.Replace('%', '=')));

    private static List<string> Split(string raw)
    {
        var items = new List<string>();
        var quoted = false;
        var start = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (quoted && raw[i] == '\\') i++;
            else if (raw[i] == '"') quoted = !quoted;
            else if (raw[i] == ';' && !quoted)
            {
                items.Add(raw[start..i]);
                start = i + 1;
            }
        }
        items.Add(raw[start..]);
        return items;
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', .. var inner]) return value;
        var text = new StringBuilder();
        for (var i = 0; i < inner.Length && inner[i] != '"'; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            text.Append(inner[i]);
        }
        return text.ToString();
    }
}
