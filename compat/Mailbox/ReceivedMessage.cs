using System.Text;
using Flasky.Mailbox.Mime;

namespace Flasky.Mailbox;

/// <summary>
/// A message that a client handed in. Immutable but for <see cref="IsRead"/>; safe for concurrent use. The content is
/// read at the first look at it, leniently: malformed input gives partial results, never an exception.
/// </summary>
public sealed class ReceivedMessage
{
    private readonly Lazy<MessageContent> content;
    private volatile bool isRead;

    internal ReceivedMessage(string id, DateTimeOffset receivedAt, string sender, IReadOnlyList<string> recipients, string? userName, byte[] source)
    {
        Id = id;
        ReceivedAt = receivedAt;
        Sender = sender;
        Recipients = recipients;
        UserName = userName;
        Source = source;
        content = new(() => MessageContent.Read(Source));
    }

    /// <summary>Unique; letters and digits only.</summary>
    public string Id { get; }

    /// <summary>When its final dot was read.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The envelope's sender (MAIL FROM), without angle brackets; empty for the null sender.</summary>
    public string Sender { get; }

    /// <summary>The envelope's recipients (RCPT TO), without angle brackets, in the order given.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The user who handed it in; null without AUTH.</summary>
    public string? UserName { get; }

    /// <summary>The message as sent, with dot-stuffing undone and nothing added.</summary>
    public ReadOnlyMemory<byte> Source { get; }

    /// <summary>The source's length in bytes.</summary>
    public int Size => Source.Length;

    /// <summary>The source as text; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string SourceText => Encoding.UTF8.GetString(Source.Span);

    /// <summary>All header fields in their order, unfolded, with encoded words decoded.</summary>
    public IReadOnlyList<MessageHeader> Headers => content.Value.Headers;

    /// <summary>The first header field of that name (in any case), decoded; null if there is none.</summary>
    public string? Header(string name) => content.Value.Root.Headers.Find(name);

    /// <summary>The Message-ID without angle brackets; empty if there is none.</summary>
    public string MessageId => content.Value.MessageId;

    /// <summary>The decoded subject; empty if there is none.</summary>
    public string Subject => content.Value.Subject;

    /// <summary>The Date header; null if it is missing or unreadable.</summary>
    public DateTimeOffset? Date => content.Value.Date;

    /// <summary>The first address of From; null if there is none.</summary>
    public MessageAddress? From => content.Value.From;

    /// <summary>The addresses of To.</summary>
    public IReadOnlyList<MessageAddress> To => content.Value.To;

    /// <summary>The addresses of Cc.</summary>
    public IReadOnlyList<MessageAddress> Cc => content.Value.Cc;

    /// <summary>The addresses of Bcc, and the envelope's recipients that no header names.</summary>
    public IReadOnlyList<MessageAddress> Bcc => content.Value.BccWith(Recipients);

    /// <summary>The addresses of Reply-To.</summary>
    public IReadOnlyList<MessageAddress> ReplyTo => content.Value.ReplyTo;

    /// <summary>The text body; empty if there is none.</summary>
    public string Text => content.Value.Text;

    /// <summary>The HTML body as sent, not made safe in any way; empty if there is none.</summary>
    public string Html => content.Value.Html;

    /// <summary>Whether someone has opened it on the page or through the REST API.</summary>
    public bool IsRead => isRead;

    internal MessageContent Content => content.Value;

    internal void MarkRead() => isRead = true;
}

/// <summary>A header field.</summary>
/// <param name="Name">The name as sent.</param>
/// <param name="Value">The value, unfolded and decoded.</param>
public sealed record MessageHeader(string Name, string Value);

/// <summary>An address of a message's header.</summary>
/// <param name="Name">The display name; empty if there is none.</param>
/// <param name="Address">The address itself, such as <c>susan@example.com</c>.</param>
public sealed record MessageAddress(string Name, string Address)
{
    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}
