using Flasky.Mailbox.Mime;

namespace Flasky.Mailbox.Api;

/// <summary>A message, with MailPit's names.</summary>
internal sealed record MailpitMessage(
    string ID, string MessageID, MailpitAddress From, MailpitAddress[] To, MailpitAddress[] Cc, MailpitAddress[] Bcc, MailpitAddress[] ReplyTo,
    string ReturnPath, string Subject, MailpitListUnsubscribe ListUnsubscribe, DateTimeOffset Date, string[] Tags, string Username,
    string Text, string HTML, int Size, MailpitAttachment[] Inline, MailpitAttachment[] Attachments)
{
    public static MailpitMessage Of(ReceivedMessage message) => new(
        message.Id,
        message.MessageId,
        MailpitAddress.Of(message.From),
        MailpitAddress.Of(message.To),
        MailpitAddress.Of(message.Cc),
        MailpitAddress.Of(message.Bcc),
        MailpitAddress.Of(message.ReplyTo),
        message.Sender.Length > 0 ? message.Sender : message.From?.Address ?? "",
        message.Subject,
        MailpitListUnsubscribe.Of(message),
        message.Date ?? message.ReceivedAt,
        [],
        message.UserName ?? "",
        message.Text,
        message.Html,
        message.Size,
        [.. message.Content.Inline.Select(MailpitAttachment.Of)],
        [.. message.Content.Attachments.Select(MailpitAttachment.Of)]);
}

/// <summary>The List-Unsubscribe field.</summary>
internal sealed record MailpitListUnsubscribe(string Header, string[] Links, string Errors, string HeaderPost)
{
    public static MailpitListUnsubscribe Of(ReceivedMessage message)
    {
        var header = message.Header("List-Unsubscribe") ?? "";
        string[] links = [.. header.Split(',').Select(link => link.Trim().Trim('<', '>')).Where(link => link.Length > 0)];
        return new(header, links, "", message.Header("List-Unsubscribe-Post") ?? "");
    }
}

/// <summary>An attachment; without MailPit's checksums.</summary>
internal sealed record MailpitAttachment(string PartID, string FileName, string ContentType, string ContentID, int Size)
{
    public static MailpitAttachment Of(MimePart part) =>
        new(part.Id, part.DisplayName, part.MediaType, part.ContentId, part.Decode().Length);
}
