using System.Text.Json.Serialization;
using Flasky.Mailbox.Web;

namespace Flasky.Mailbox.Api;

/// <summary>A page of messages, with MailPit's names.</summary>
internal sealed record MailpitList(
    [property: JsonPropertyName("total")] int Total,
    [property: JsonPropertyName("unread")] int Unread,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("messages_count")] int MessagesCount,
    [property: JsonPropertyName("messages_unread")] int MessagesUnread,
    [property: JsonPropertyName("start")] int Start,
    [property: JsonPropertyName("tags")] string[] Tags,
    [property: JsonPropertyName("messages")] MailpitSummary[] Messages)
{
    private const int DefaultLimit = 50;

    /// <summary>What matches, or all if <paramref name="query"/> is null; a limit of 0 means no limit.</summary>
    public static MailpitList Of(ReceivedMessage[] all, string? query, int? start, int? limit)
    {
        var found = query is null ? all : SearchQuery.Parse(query).Filter(all);
        var first = Math.Max(start ?? 0, 0);
        var count = limit switch { 0 => int.MaxValue, > 0 => limit.Value, _ => DefaultLimit };
        MailpitSummary[] page = [.. found.Skip(first).Take(count).Select(MailpitSummary.Of)];
        return new MailpitList(all.Length, CountUnread(all), page.Length, found.Length, CountUnread(found), first, [], page);
    }

    private static int CountUnread(ReceivedMessage[] messages) => messages.Count(message => !message.IsRead);
}

/// <summary>A message in a list.</summary>
internal sealed record MailpitSummary(
    string ID, string MessageID, bool Read, MailpitAddress From, MailpitAddress[] To, MailpitAddress[] Cc, MailpitAddress[] Bcc,
    MailpitAddress[] ReplyTo, string Subject, DateTimeOffset Created, string Username, string[] Tags, int Size, int Attachments, string Snippet)
{
    public static MailpitSummary Of(ReceivedMessage message) => new(
        message.Id,
        message.MessageId,
        message.IsRead,
        MailpitAddress.Of(message.From),
        MailpitAddress.Of(message.To),
        MailpitAddress.Of(message.Cc),
        MailpitAddress.Of(message.Bcc),
        MailpitAddress.Of(message.ReplyTo),
        message.Subject,
        message.ReceivedAt,
        message.UserName ?? "",
        [],
        message.Size,
        message.Content.Attachments.Count,
        message.Content.Snippet);
}

/// <summary>An address; both empty if there is none.</summary>
internal sealed record MailpitAddress(string Name, string Address)
{
    public static MailpitAddress Of(MessageAddress? address) => new(address?.Name ?? "", address?.Address ?? "");

    public static MailpitAddress[] Of(IReadOnlyList<MessageAddress> addresses) => [.. addresses.Select(each => Of(each))];
}
