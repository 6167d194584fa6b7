using MimeKit;

namespace MailKit;

/// <summary>A client that sends messages. Not safe for concurrent use.</summary>
public abstract class MailTransport : MailService
{
    private protected MailTransport()
    {
    }

    /// <summary>Sends the message from its first sender to its recipients.</summary>
    /// <param name="message">The message; its parts' encodings may be changed to what the server can carry.</param>
    /// <param name="cancellationToken">Breaks off, and closes the connection.</param>
    /// <param name="progress">Hears of the bytes once the server has agreed to take the message. Null: nobody does.</param>
    /// <returns>The text of the server's last reply.</returns>
    /// <exception cref="InvalidOperationException">The message has no sender or no recipient.</exception>
    public Task<string> SendAsync(MimeMessage message, CancellationToken cancellationToken = default, ITransferProgress? progress = null) =>
        SendAsync(FormatOptions.Default, message, cancellationToken, progress);

    /// <inheritdoc cref="SendAsync(MimeMessage, CancellationToken, ITransferProgress)"/>
    public abstract Task<string> SendAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken = default, ITransferProgress? progress = null);

    /// <summary>Sends the message from that sender to those recipients, whatever its header says.</summary>
    public Task<string> SendAsync(MimeMessage message, MailboxAddress sender, IEnumerable<MailboxAddress> recipients, CancellationToken cancellationToken = default, ITransferProgress? progress = null) =>
        SendAsync(FormatOptions.Default, message, sender, recipients, cancellationToken, progress);

    /// <inheritdoc cref="SendAsync(MimeMessage, MailboxAddress, IEnumerable{MailboxAddress}, CancellationToken, ITransferProgress)"/>
    public abstract Task<string> SendAsync(FormatOptions options, MimeMessage message, MailboxAddress sender, IEnumerable<MailboxAddress> recipients, CancellationToken cancellationToken = default, ITransferProgress? progress = null);
}
