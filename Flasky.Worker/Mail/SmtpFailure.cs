using System.Net.Sockets;
using Flasky.Jobs;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Flasky.Worker.Mail;

/// <summary>What a failed send means.</summary>
internal static class SmtpFailure
{
    /// <summary>
    /// A refusal in the queue's terms: for good (5yz) is <see cref="JobDiscardedException"/>, anything else may be tried
    /// again. The message keeps the server's words, for people to read, but none of the addresses they name.
    /// </summary>
    internal static Exception Translate(SmtpCommandException refusal, MimeMessage message)
    {
        var code = (int)refusal.StatusCode;
        var reply = message.To.Mailboxes.Concat(message.From.Mailboxes).Aggregate(
            refusal.Message, (text, mailbox) => text.Replace(mailbox.Address, "(address)", StringComparison.OrdinalIgnoreCase));
        return code >= 500
            ? new JobDiscardedException($"The mail server refused the message for good: {code} {reply}")
            : new MailDeferredException($"The mail server put the message off: {code} {reply}");
    }

    /// <summary>Whether it says nothing of the message, only that the connection is gone.</summary>
    internal static bool IsLostConnection(Exception failure) => failure
        is IOException or SocketException or TimeoutException or ProtocolException or ServiceNotConnectedException
        or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };
}

/// <summary>The server asks to try again later.</summary>
internal sealed class MailDeferredException(string message) : Exception(message);
