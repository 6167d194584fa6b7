using System.Globalization;
using MimeKit;

namespace MailKit.Net.Smtp;

public partial class SmtpClient
{
    /// <summary>RFC 5321 section 4.5.3.1.6, without the line end.</summary>
    private const int MaxLineLength = 998;

    /// <summary>How much is written between two reports of progress, in bytes.</summary>
    private const int ChunkSize = 64 * 1024;

    /// <inheritdoc/>
    public override Task<string> SendAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken = default, ITransferProgress? progress = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var sender = message.From.Mailboxes.FirstOrDefault() ?? throw new InvalidOperationException("No sender has been specified.");
        return SendAsync(options, message, sender, message.To.Concat(message.Cc).Concat(message.Bcc).OfType<MailboxAddress>(), cancellationToken, progress);
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceNotConnectedException">The client is not connected.</exception>
    /// <exception cref="ServiceNotAuthenticatedException">The server wants a log-in first (530).</exception>
    /// <exception cref="SmtpCommandException">The server refused the sender, a recipient or the message; the connection stays open.</exception>
    /// <exception cref="SmtpProtocolException">The server broke off; the connection is closed.</exception>
    /// <exception cref="IOException">The connection failed, and is closed.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time; the connection is closed.</exception>
    public override async Task<string> SendAsync(FormatOptions options, MimeMessage message, MailboxAddress sender, IEnumerable<MailboxAddress> recipients, CancellationToken cancellationToken = default, ITransferProgress? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(sender);
        var to = recipients.DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase).ToList();
        if (to.Count == 0)
        {
            throw new InvalidOperationException("No recipients have been specified.");
        }
        CheckConnected();
        message.Prepare(Capabilities.HasFlag(SmtpCapabilities.EightBitMime) ? EncodingConstraint.EightBit : EncodingConstraint.SevenBit, MaxLineLength);
        var format = options.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        var content = message.Serialize(format, withBcc: false);
        try
        {
            await EnvelopeAsync(sender, to, content, cancellationToken);
            return await DataAsync(content, progress, cancellationToken);
        }
        catch (Exception e) when (e is SmtpCommandException or ServiceNotAuthenticatedException)
        {
            await ResetAsync(cancellationToken);
            throw;
        }
        catch
        {
            Close();
            throw;
        }
    }

    private async Task EnvelopeAsync(MailboxAddress sender, List<MailboxAddress> recipients, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var commands = recipients.Select(r => $"RCPT TO:<{r.GetAddress(!Capabilities.HasFlag(SmtpCapabilities.UTF8))}>\r\n")
            .Prepend(MailFrom(sender, recipients, content)).ToList();
        if (!Capabilities.HasFlag(SmtpCapabilities.Pipelining))
        {
            for (var i = 0; i < commands.Count; i++)
            {
                Check(await stream!.CommandAsync(commands[i], cancellationToken), sender, i == 0 ? null : recipients[i - 1]);
            }
            return;
        }
        commands.ForEach(stream!.Queue);
        await stream.FlushAsync(cancellationToken);
        // all replies have to be read before the first refusal can be reported, or the next command would get them
        Exception? failure = null;
        for (var i = 0; i < commands.Count; i++)
        {
            try
            {
                Check(await stream.ReadReplyAsync(cancellationToken), sender, i == 0 ? null : recipients[i - 1]);
            }
            catch (Exception e) when (e is SmtpCommandException or ServiceNotAuthenticatedException)
            {
                failure ??= e;
            }
            catch when (failure is not null)
            {
                // the refusal says more than the connection that was closed behind it; RSET will find it closed
                break;
            }
        }
        if (failure is not null)
        {
            throw failure;
        }
    }

    private string MailFrom(MailboxAddress sender, List<MailboxAddress> recipients, ReadOnlyMemory<byte> content)
    {
        var utf8 = Capabilities.HasFlag(SmtpCapabilities.UTF8) && (sender.IsInternational || recipients.Exists(r => r.IsInternational));
        return string.Concat(
            $"MAIL FROM:<{sender.GetAddress(idnEncode: !utf8)}>",
            utf8 ? " SMTPUTF8" : "",
            Capabilities.HasFlag(SmtpCapabilities.Size) ? string.Create(CultureInfo.InvariantCulture, $" SIZE={content.Length}") : "",
            Capabilities.HasFlag(SmtpCapabilities.EightBitMime) && content.Span.IndexOfAnyExceptInRange((byte)0, (byte)127) >= 0 ? " BODY=8BITMIME" : "")
            + "\r\n";
    }

    private static void Check(SmtpResponse reply, MailboxAddress sender, MailboxAddress? recipient)
    {
        if (reply.StatusCode == SmtpStatusCode.AuthenticationRequired)
        {
            throw new ServiceNotAuthenticatedException(reply.Response);
        }
        if (!reply.IsPositive)
        {
            throw new SmtpCommandException(
                recipient is null ? SmtpErrorCode.SenderNotAccepted : SmtpErrorCode.RecipientNotAccepted, reply.StatusCode, recipient ?? sender, reply.Response);
        }
    }

    private async Task<string> DataAsync(ReadOnlyMemory<byte> content, ITransferProgress? progress, CancellationToken cancellationToken)
    {
        var reply = await stream!.CommandAsync("DATA\r\n", cancellationToken);
        if (reply.StatusCode != SmtpStatusCode.StartMailInput)
        {
            throw reply.Unexpected();
        }
        for (var sent = 0; sent < content.Length;)
        {
            // a chunk ends with a line, for a line's start decides whether a dot is doubled
            var limit = content.Span[sent..Math.Min(sent + ChunkSize, content.Length)];
            var length = limit.LastIndexOf((byte)'\n') is >= 0 and var end ? end + 1 : limit.Length;
            DotStuffing.Write(content.Span.Slice(sent, length), stream);
            sent += length;
            progress?.Report(sent, content.Length);
            if (sent < content.Length)
            {
                await stream.FlushAsync(cancellationToken);
            }
        }
        reply = await stream.CommandAsync(".\r\n", cancellationToken);
        return reply.StatusCode switch
        {
            SmtpStatusCode.Ok => reply.Response,
            SmtpStatusCode.AuthenticationRequired => throw new ServiceNotAuthenticatedException(reply.Response),
            _ => throw new SmtpCommandException(SmtpErrorCode.MessageNotAccepted, reply.StatusCode, reply.Response),
        };
    }

    private async Task ResetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await CommandAsync("RSET\r\n", cancellationToken);
            if (reply.StatusCode != SmtpStatusCode.Ok)
            {
                Close();
            }
        }
        catch (Exception e) when (e is SmtpProtocolException or IOException or TimeoutException or OperationCanceledException)
        {
            // CommandAsync has closed the connection; the refusal that made the reset necessary is what the caller has to see
        }
    }
}
