using System.Text;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>
/// A message's HTML as a document of its own, sandboxed by its own header, so that it is as harmless when opened
/// directly: no scripts, nothing fetched from anywhere, links open in a new window.
/// </summary>
internal static class HtmlFrame
{
    private const string Policy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; font-src data:; " +
        "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    // Inline images become part of the document; larger ones are left to the list of attachments.
    private const int MaxInlineBytes = 5 * 1024 * 1024;

    public static IResult Show(HttpContext context, ReceivedMessage message)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["X-DNS-Prefetch-Control"] = "off"; // name look-ups are not subject to the policy
        headers.CacheControl = "no-store";
        return Results.Text(WithLinksInNewWindows(WithInlineImages(message)), "text/html; charset=utf-8");
    }

    private static string WithInlineImages(ReceivedMessage message)
    {
        var html = new StringBuilder(message.Html);
        var left = MaxInlineBytes;
        foreach (var part in message.Content.Inline)
        {
            if (part.ContentId.Length == 0 || !part.MediaType.StartsWith("image/", StringComparison.Ordinal)) continue;
            if (part.Body.Length > left) continue;
            left -= part.Body.Length;
            html.Replace($"cid:{part.ContentId}", $"data:{part.MediaType};base64,{Convert.ToBase64String(part.Decode())}");
        }
        return html.ToString();
    }

    private static string WithLinksInNewWindows(string html)
    {
        const string Base = "<base target=\"_blank\">";
        foreach (var tag in (string[])["<head", "<html", "<!doctype"])
        {
            var start = html.IndexOf(tag, StringComparison.OrdinalIgnoreCase);
            var end = start < 0 ? -1 : html.IndexOf('>', start);
            if (end >= 0) return html.Insert(end + 1, Base);
        }
        return Base + html;
    }
}
