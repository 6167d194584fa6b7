using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>Reads address lists: <c>"Susan (Office)" &lt;susan@example.com&gt;, team: a@b.c, d@e.f;</c></summary>
internal static class AddressReader
{
    public static IReadOnlyList<MessageAddress> Read(string? raw)
    {
        var addresses = new List<MessageAddress>();
        if (string.IsNullOrWhiteSpace(raw)) return addresses;
        var words = new StringBuilder(); // outside angle brackets: the name, or the bare address
        string? address = null;
        for (var i = 0; i < raw.Length; i++)
        {
            switch (raw[i])
            {
                case '"':
                    words.Append(Quoted(raw, ref i));
                    break;
                case '(':
                    SkipComment(raw, ref i);
                    break;
                case '<':
                    var end = raw.IndexOf('>', i);
                    address = raw[(i + 1)..(end < 0 ? raw.Length : end)];
                    i = end < 0 ? raw.Length : end;
                    break;
                case ':' when address is null:
                    words.Clear(); // the name of a group
                    break;
                case ',' or ';':
                    Add(addresses, words, ref address);
                    break;
                default:
                    words.Append(raw[i]);
                    break;
            }
        }
        Add(addresses, words, ref address);
        return addresses;
    }

    private static void Add(List<MessageAddress> addresses, StringBuilder words, ref string? address)
    {
        var text = words.ToString().Trim();
        if (address is not null) addresses.Add(new MessageAddress(EncodedWords.Decode(text), address.Trim()));
        else if (text.Contains('@', StringComparison.Ordinal)) addresses.Add(new MessageAddress("", text));
        else if (text.Length > 0) addresses.Add(new MessageAddress(EncodedWords.Decode(text), ""));
        words.Clear();
        address = null;
    }

    private static string Quoted(string raw, ref int i)
    {
        var text = new StringBuilder();
        for (i++; i < raw.Length && raw[i] != '"'; i++)
        {
            if (raw[i] == '\\' && i + 1 < raw.Length) i++;
            text.Append(raw[i]);
        }
        return text.ToString();
    }

    private static void SkipComment(string raw, ref int i)
    {
        var depth = 0;
        for (; i < raw.Length; i++)
        {
            if (raw[i] == '\\') i++;
            else if (raw[i] == '(') depth++;
            else if (raw[i] == ')' && --depth == 0) return;
        }
    }
}
