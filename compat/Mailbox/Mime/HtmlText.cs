using System.Net;
using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>The words of an HTML body, for search and preview.</summary>
internal static class HtmlText
{
    public static string Strip(string html)
    {
        var text = new StringBuilder();
        var position = 0;
        while (position < html.Length)
        {
            var tag = html.IndexOf('<', position);
            text.Append(html.AsSpan(position, (tag < 0 ? html.Length : tag) - position)).Append(' ');
            if (tag < 0) break;
            position = AfterTag(html, tag);
        }
        return Squeeze(WebUtility.HtmlDecode(text.ToString()));
    }

    /// <summary>Makes every run of white space one space.</summary>
    public static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // What stands between these tags is not shown.
    private static int AfterTag(string html, int tag)
    {
        if (At(html, tag, "<!--")) return After(html, tag, "-->");
        foreach (var hidden in (string[])["style", "script", "title"])
        {
            if (At(html, tag, "<" + hidden)) return After(html, After(html, tag, "</" + hidden), ">");
        }
        return After(html, tag, ">");
    }

    private static bool At(string html, int position, string what) =>
        html.AsSpan(position).StartsWith(what, StringComparison.OrdinalIgnoreCase);

    private static int After(string html, int position, string what)
    {
        var found = html.IndexOf(what, position, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found + what.Length;
    }
}
