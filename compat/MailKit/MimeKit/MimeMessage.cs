using System.Globalization;
using MimeKit.Utils;

namespace MimeKit;

/// <summary>A message: header fields and a body. Not safe for concurrent use.</summary>
public class MimeMessage : IDisposable
{
    /// <summary>A message with an empty From and Subject, the current date and a new Message-Id.</summary>
    public MimeMessage()
    {
        From = AddressesOf(HeaderId.From);
        ReplyTo = AddressesOf(HeaderId.ReplyTo);
        To = AddressesOf(HeaderId.To);
        Cc = AddressesOf(HeaderId.Cc);
        Bcc = AddressesOf(HeaderId.Bcc);
        Headers.SetRaw(HeaderId.From, "");
        Date = TimeProvider.System.GetLocalNow();
        Subject = "";
        MessageId = MimeUtils.GenerateMessageId();
    }

    /// <summary>The message's own header fields; the body's come behind them.</summary>
    public HeaderList Headers { get; } = [];

    /// <summary>Who wrote it.</summary>
    public InternetAddressList From { get; }

    /// <summary>Where answers go. Empty: to <see cref="From"/>.</summary>
    public InternetAddressList ReplyTo { get; }

    /// <summary>Who gets it.</summary>
    public InternetAddressList To { get; }

    /// <summary>Who gets a copy.</summary>
    public InternetAddressList Cc { get; }

    /// <summary>Who gets a copy that the others do not see.</summary>
    public InternetAddressList Bcc { get; }

    /// <summary>The subject; line breaks are removed.</summary>
    public string? Subject
    {
        get => Headers[HeaderId.Subject];
        set => Headers[HeaderId.Subject] = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>When it was written; kept to the second.</summary>
    public DateTimeOffset Date
    {
        get => DateTimeOffset.ParseExact(Headers[HeaderId.Date]!, MimeUtils.DateFormat, CultureInfo.InvariantCulture);
        set => Headers.SetRaw(HeaderId.Date, MimeUtils.FormatDate(value));
    }

    /// <summary>The id without its angle brackets; setting takes it with or without them.</summary>
    /// <exception cref="ArgumentException">The id is not of the form <c>left@right</c>.</exception>
    public string? MessageId
    {
        get => Headers[HeaderId.MessageId]?[1..^1];
        set => Headers.SetRaw(HeaderId.MessageId, $"<{MimeUtils.ReadMessageId(value)}>");
    }

    /// <summary>Text or parts. Null: no body.</summary>
    public MimeEntity? Body { get; set; }

    /// <summary>The first plain text of the body; null when there is none.</summary>
    public string? TextBody => Texts().FirstOrDefault(t => t.IsPlain)?.Text;

    /// <summary>The first HTML text of the body; null when there is none.</summary>
    public string? HtmlBody => Texts().FirstOrDefault(t => t.IsHtml)?.Text;

    /// <summary>Chooses encodings that the way to the reader can carry.</summary>
    public virtual void Prepare(EncodingConstraint constraint, int maxLineLength = 78) => Body?.Prepare(constraint, maxLineLength);

    /// <summary>Writes the message with the platform's line ends.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, cancellationToken);

    /// <summary>Writes the message.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(Serialize(options).Span);
    }

    /// <summary>Writes the message with the platform's line ends.</summary>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        WriteToAsync(FormatOptions.Default, stream, cancellationToken);

    /// <summary>Writes the message.</summary>
    public async Task WriteToAsync(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await stream.WriteAsync(Serialize(options), cancellationToken);
    }

    internal ReadOnlyMemory<byte> Serialize(FormatOptions options, bool withBcc = true)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Body is not null && !Headers.Contains(HeaderId.MimeVersion))
        {
            Headers.SetRaw(HeaderId.MimeVersion, "1.0");
        }
        var writer = new MimeWriter(options.NewLineFormat);
        writer.Headers(Headers.Where(h => withBcc || h.Id != HeaderId.Bcc));
        writer.Headers(Body?.AllHeaders() ?? []);
        writer.Text("\n");
        Body?.WriteContent(writer);
        return writer.Finish();
    }

    private InternetAddressList AddressesOf(HeaderId id)
    {
        var list = new InternetAddressList();
        var name = HeaderIds.NameOf(id);
        list.Changed += () =>
        {
            if (list.Count == 0)
            {
                Headers.Remove(id);
            }
            else
            {
                Headers.Set(new Header(name, list.ToString(), list.Encode(name.Length + 1)));
            }
        };
        return list;
    }

    private IEnumerable<TextPart> Texts() => Leaves(Body).OfType<TextPart>();

    private static IEnumerable<MimeEntity> Leaves(MimeEntity? entity) => entity switch
    {
        null => [],
        Multipart parts => parts.SelectMany(Leaves),
        _ => [entity],
    };

    /// <summary>Frees the body.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) => Body?.Dispose();
}
