using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>What surrounds every page.</summary>
internal static class PageLayout
{
    // Scripts and styles are the mailbox's own files; a message's markup never runs here, only in its sandboxed frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IResult Page(HttpContext context, string title, string query, Html main, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        var page = Html.From($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{title}</title>
              <link rel="icon" href="/mailbox.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/mailbox.css">
              <script src="/mailbox.js" defer></script>
            </head>
            <body>
              <header class="bar">
                <a class="brand" aria-label="Mailbox" href="/"><img src="/mailbox.svg" alt="" width="28" height="28"><span>Mailbox</span></a>
                <form class="search" action="/search" role="search">
                  <input type="search" name="q" value="{query}" placeholder="Search, or to: from: subject:" aria-label="Search messages">
                </form>
              </header>
              <main>{main}</main>
            </body>
            </html>
            """);
        return Results.Text(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    public static IResult NotFound(HttpContext context) => Page(context, "Not found · Mailbox", "", Html.From($"""
        <div class="empty"><h1>This message is gone</h1><p>It was deleted, or newer ones took its place.</p><p><a href="/">Back to the mailbox</a></p></div>
        """), StatusCodes.Status404NotFound);
}
