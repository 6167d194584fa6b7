namespace MimeKit;

/// <summary>The header fields this stand-in knows by name.</summary>
public enum HeaderId
{
    Unknown = -1,
    AutoSubmitted,
    Bcc,
    Cc,
    ContentTransferEncoding,
    ContentType,
    Date,
    From,
    ListUnsubscribe,
    ListUnsubscribePost,
    MessageId,
    MimeVersion,
    ReplyTo,
    Sender,
    Subject,
    To,
}

internal static class HeaderIds
{
    private static readonly (HeaderId Id, string Name)[] Names =
    [
        (HeaderId.AutoSubmitted, "Auto-Submitted"),
        (HeaderId.Bcc, "Bcc"),
        (HeaderId.Cc, "Cc"),
        (HeaderId.ContentTransferEncoding, "Content-Transfer-Encoding"),
        (HeaderId.ContentType, "Content-Type"),
        (HeaderId.Date, "Date"),
        (HeaderId.From, "From"),
        (HeaderId.ListUnsubscribe, "List-Unsubscribe"),
        (HeaderId.ListUnsubscribePost, "List-Unsubscribe-Post"),
        (HeaderId.MessageId, "Message-Id"),
        (HeaderId.MimeVersion, "MIME-Version"),
        (HeaderId.ReplyTo, "Reply-To"),
        (HeaderId.Sender, "Sender"),
        (HeaderId.Subject, "Subject"),
        (HeaderId.To, "To"),
    ];

    internal static string NameOf(HeaderId id)
    {
        foreach (var (known, name) in Names)
        {
            if (known == id)
            {
                return name;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(id));
    }

    internal static HeaderId Find(string name)
    {
        foreach (var (id, known) in Names)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return id;
            }
        }
        return HeaderId.Unknown;
    }
}
