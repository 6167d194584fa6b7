using System.Text.RegularExpressions;

namespace Flasky.Mailbox.Web;

/// <summary>Makes the web addresses in a text clickable.</summary>
internal static partial class TextLinks
{
    public static Html Link(string text)
    {
        var parts = new List<Html>();
        var position = 0;
        foreach (Match match in Address().Matches(text))
        {
            // A sentence's punctuation after an address is not part of it.
            var address = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'');
            parts.Add(Html.From($"{text[position..match.Index]}<a href=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">{address}</a>"));
            position = match.Index + address.Length;
        }
        parts.Add(Html.From($"{text[position..]}"));
        return Html.Join(parts);
    }

    [GeneratedRegex("""https?://[^\s<>"]+""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
