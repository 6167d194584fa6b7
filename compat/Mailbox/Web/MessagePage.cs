using System.Globalization;
using Flasky.Mailbox.Mime;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>One message: its header, and one of its four sides. Each side has its own address, so no script is needed.</summary>
internal static class MessagePage
{
    // What a browser shows without trouble; the whole is a download away.
    private const int MaxShownCharacters = 500_000;

    public static IResult Show(HttpContext context, MailboxServices services, ReceivedMessage message, string? side)
    {
        message.MarkRead();
        services.Store.Touch();
        var shown = side is "html" or "text" or "headers" or "source" ? side : message.Html.Length > 0 ? "html" : "text";
        var time = services.Options.Time;
        return PageLayout.Page(context, $"{ListPage.Subject(message)} · Mailbox", "", Html.From($"""
            <article class="message">
              <div class="toolbar">
                <a class="back" href="/">Inbox</a>
                <form method="post" action="/delete"><input type="hidden" name="id" value="{message.Id}"><button class="quiet">Delete</button></form>
              </div>
              <h1>{ListPage.Subject(message)}</h1>
              <dl class="fields">
                {Field("From", message.From?.ToString() ?? message.Sender)}
                {Field("To", string.Join(", ", message.To))}
                {Field("Cc", string.Join(", ", message.Cc))}
                {Field("Bcc", string.Join(", ", message.Bcc))}
                {Field("Reply to", string.Join(", ", message.ReplyTo))}
                <div><dt>Received</dt><dd>{LocalTime.Full(message.ReceivedAt, time)}</dd></div>
                <div><dt>Size</dt><dd>{ByteSize(message.Size)} · <a href="/api/v1/message/{message.Id}/raw?dl=1">download</a></dd></div>
              </dl>
              {Attachments(message)}
              <nav class="tabs" aria-label="Views">
                {Tab(message, "html", "HTML", shown, message.Html.Length > 0)}
                {Tab(message, "text", "Text", shown, message.Text.Length > 0)}
                {Tab(message, "headers", "Headers", shown, present: true)}
                {Tab(message, "source", "Source", shown, present: true)}
              </nav>
              {Side(message, shown)}
            </article>
            """));
    }

    private static Html Field(string name, string value) =>
        value.Length == 0 ? default : Html.From($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html Tab(ReceivedMessage message, string side, string label, string shown, bool present) => side == shown
        ? Html.From($"<a class=\"tab\" aria-current=\"page\" href=\"/view/{message.Id}?side={side}\">{label}</a>")
        : present ? Html.From($"<a class=\"tab\" href=\"/view/{message.Id}?side={side}\">{label}</a>") : default;

    private static Html Side(ReceivedMessage message, string side) => side switch
    {
        // The sandbox lets links open new windows and nothing else: no scripts, no forms, no access to this page.
        "html" => Html.From($"""
            <iframe id="preview-html" class="sheet" title="The message's HTML" src="/view/{message.Id}.html"
              sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
            """),
        "text" => Html.From($"<pre class=\"sheet text\">{TextLinks.Link(Shorten(message.Text))}</pre>"),
        "headers" => Html.From($"""
            <div class="sheet"><table class="headers"><tbody>{Html.Join(message.Headers.Select(header =>
                Html.From($"<tr><th scope=\"row\">{header.Name}</th><td>{header.Value}</td></tr>")))}</tbody></table></div>
            """),
        _ => Html.From($"<pre class=\"sheet source\">{Shorten(message.SourceText)}</pre>"),
    };

    private static Html Attachments(ReceivedMessage message)
    {
        MimePart[] parts = [.. message.Content.Attachments, .. message.Content.Inline];
        return parts.Length == 0 ? default : Html.From($"""
            <ul class="attachments" aria-label="Attachments">{Html.Join(parts.Select(part => Html.From($"""
                <li><a href="/api/v1/message/{message.Id}/part/{part.Id}" download><b>{part.DisplayName}</b> <span>{part.MediaType}, {ByteSize(part.Decode().Length)}</span></a></li>
                """)))}</ul>
            """);
    }

    private static string Shorten(string text) => text.Length <= MaxShownCharacters
        ? text
        : text[..MaxShownCharacters] + "\n\n(The rest is not shown. The download has it all.)";

    private static string ByteSize(int bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MiB"),
    };
}
