using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>The list of messages, all or those found, newest first.</summary>
internal static class ListPage
{
    private const int PageSize = 50;

    public static IResult Show(HttpContext context, MailboxServices services, string? q, int? start)
    {
        var query = q?.Trim() ?? "";
        var version = services.Store.Version; // before the messages: a change between the two is shown once more, not missed
        var all = services.Store.Snapshot();
        var found = query.Length == 0 ? all : SearchQuery.Parse(query).Filter(all);
        var first = Math.Clamp(start ?? 0, 0, Math.Max(found.Length - 1, 0));
        var rows = found.Skip(first).Take(PageSize).Select(message => Row(message, services.Options.Time));
        var unread = all.Count(message => !message.IsRead);
        var title = unread == 0 ? "Mailbox" : string.Create(CultureInfo.InvariantCulture, $"({unread}) Mailbox");
        return PageLayout.Page(context, title, query, Html.From($"""
            <div id="live" data-version="{version}">
              <div class="toolbar">
                <h1>{(query.Length == 0 ? "Inbox" : "Found")} <span class="count">{found.Length}</span></h1>
                {(all.Length == 0 ? default : DeleteAll)}
              </div>
              {(found.Length == 0 ? Empty(query, services.Options) : Html.From($"<ol class=\"messages\">{Html.Join(rows)}</ol>"))}
              {Pager(query, first, found.Length)}
            </div>
            """));
    }

    private static Html DeleteAll => Html.From($"""
        <form method="post" action="/delete" data-confirm="Delete all messages?"><button class="quiet">Delete all</button></form>
        """);

    private static Html Row(ReceivedMessage message, TimeProvider time)
    {
        var sender = message.From is { } from ? (from.Name.Length > 0 ? from.Name : from.Address) : message.Sender;
        return Html.From($"""
            <li class="{(message.IsRead ? "read" : "unread")}">
              <a href="/view/{message.Id}">
                <span class="from">{(sender.Length == 0 ? "(no sender)" : sender)}</span>
                <span class="subject">{Subject(message)}</span>
                <span class="snippet">{message.Content.Snippet}</span>
                <span class="to">to {string.Join(", ", message.Recipients)}</span>
                <span class="meta">{Clip(message)}{LocalTime.Short(message.ReceivedAt, time)}</span>
              </a>
            </li>
            """);
    }

    public static string Subject(ReceivedMessage message) => message.Subject.Length == 0 ? "(no subject)" : message.Subject;

    private static Html Clip(ReceivedMessage message) => message.Content.Attachments.Count == 0
        ? default
        : Html.From($"<span class=\"clip\" title=\"Has attachments\">{message.Content.Attachments.Count} att.</span>");

    private static Html Empty(string query, MailboxOptions options) => query.Length > 0
        ? Html.From($"""<div class="empty"><h2>Nothing found</h2><p>No message matches <b>{query}</b>.</p><p><a href="/">Show all</a></p></div>""")
        : Html.From($"""
            <div class="empty">
              <h2>No mail yet</h2>
              <p>Whatever is sent to <b>{options.HostName}</b> by SMTP shows up here at once, and goes nowhere else.</p>
            </div>
            """);

    private static Html Pager(string query, int first, int count) => count <= PageSize && first == 0 ? default : Html.From($"""
        <nav class="pager" aria-label="Pages">
          {(first == 0 ? default : Html.From($"<a rel=\"prev\" href=\"{Link(query, first - PageSize)}\">Newer</a>"))}
          <span>{first + 1} to {Math.Min(first + PageSize, count)} of {count}</span>
          {(first + PageSize >= count ? default : Html.From($"<a rel=\"next\" href=\"{Link(query, first + PageSize)}\">Older</a>"))}
        </nav>
        """);

    private static string Link(string query, int start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(query.Length == 0 ? "/?" : $"/search?q={Uri.EscapeDataString(query)}&")}start={Math.Max(start, 0)}");
}
