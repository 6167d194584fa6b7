namespace Flasky.Mailbox.Mime;

/// <summary>What a message says, read once from its source. Immutable.</summary>
internal sealed class MessageContent
{
    private const int SnippetLength = 200; // MailPit's

    private MessageContent(MimePart root)
    {
        Root = root;
        Headers = root.Headers.ConvertAll(header => new MessageHeader(header.Name, EncodedWords.Decode(header.Raw)));
        MessageId = (root.Headers.FindRaw("Message-ID") ?? "").Trim('<', '>', ' ');
        Subject = root.Headers.Find("Subject") ?? "";
        Date = DateReader.Read(root.Headers.FindRaw("Date"));
        From = AddressReader.Read(root.Headers.FindRaw("From")) is [var first, ..] ? first : null;
        To = AddressReader.Read(root.Headers.FindRaw("To"));
        Cc = AddressReader.Read(root.Headers.FindRaw("Cc"));
        Bcc = AddressReader.Read(root.Headers.FindRaw("Bcc"));
        ReplyTo = AddressReader.Read(root.Headers.FindRaw("Reply-To"));

        List<MimePart> texts = [], htmls = [], inline = [], attachments = [];
        foreach (var leaf in root.Leaves())
        {
            var isBody = !leaf.IsAttachment && leaf.FileName.Length == 0;
            if (isBody && leaf.MediaType == "text/plain") texts.Add(leaf);
            else if (isBody && leaf.MediaType == "text/html") htmls.Add(leaf);
            else if (leaf.IsInline || (leaf.ContentId.Length > 0 && !leaf.IsAttachment)) inline.Add(leaf);
            else attachments.Add(leaf);
        }
        Text = string.Join('\n', texts.Select(part => part.DecodeText()));
        Html = string.Join('\n', htmls.Select(part => part.DecodeText()));
        Inline = inline;
        Attachments = attachments;
        Words = HtmlText.Squeeze(Html.Length > 0 ? HtmlText.Strip(Html) : Text);
    }

    public MimePart Root { get; }

    public IReadOnlyList<MessageHeader> Headers { get; }

    public string MessageId { get; }

    public string Subject { get; }

    public DateTimeOffset? Date { get; }

    public MessageAddress? From { get; }

    public IReadOnlyList<MessageAddress> To { get; }

    public IReadOnlyList<MessageAddress> Cc { get; }

    public IReadOnlyList<MessageAddress> Bcc { get; }

    public IReadOnlyList<MessageAddress> ReplyTo { get; }

    public string Text { get; }

    public string Html { get; }

    /// <summary>Parts shown within the body, such as images.</summary>
    public IReadOnlyList<MimePart> Inline { get; }

    public IReadOnlyList<MimePart> Attachments { get; }

    /// <summary>The body's words: of the HTML if there is one, else of the text.</summary>
    public string Words { get; }

    /// <summary>The beginning of <see cref="Words"/>.</summary>
    public string Snippet => Words.Length <= SnippetLength ? Words : string.Concat(Words.AsSpan(0, SnippetLength), "...");

    public static MessageContent Read(ReadOnlyMemory<byte> source) => new(MimeReader.Read(source));

    /// <summary>Bcc, and those recipients whom no header names: that is how a blind copy reaches a server.</summary>
    public IReadOnlyList<MessageAddress> BccWith(IReadOnlyList<string> recipients)
    {
        var named = To.Concat(Cc).Concat(Bcc).Select(each => each.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Bcc, .. recipients.Where(named.Add).Select(each => new MessageAddress("", each))];
    }
}
