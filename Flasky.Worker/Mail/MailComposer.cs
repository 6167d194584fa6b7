using System.Globalization;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Flasky.Worker.Mail;

/// <summary>Makes messages of e-mails. A singleton; safe for concurrent use.</summary>
internal sealed class MailComposer(IOptions<EmailOptions> options)
{
    private readonly EmailOptions options = options.Value;

    /// <summary>The message for one reader.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="name">The reader's name.</param>
    /// <param name="address">The reader's address.</param>
    /// <param name="job">The job that sends it: its id makes the Message-ID and its creation the date, so that every attempt sends the same message.</param>
    /// <exception cref="JobDiscardedException">No mail can be sent to <paramref name="address"/>.</exception>
    public MimeMessage Compose(EmailContent content, string name, string address, JobContext job)
    {
        var sender = Mailbox(options.Sender);
        var message = new MimeMessage
        {
            Subject = options.SubjectPrefix + content.Subject,
            Date = job.CreatedAt,
            Body = new BodyBuilder { TextBody = content.Text, HtmlBody = content.Html }.ToMessageBody(),
        };
        // the header itself, because MessageId would write a domain with foreign letters in UTF-8
        message.Headers[HeaderId.MessageId] = $"<{job.Id.Value:N}.{job.Id.Queue}@{new IdnMapping().GetAscii(sender.Domain)}>";
        message.From.Add(sender);
        message.To.Add(Recipient(name, address));
        if (options.ReplyTo is not null)
        {
            message.ReplyTo.Add(Mailbox(options.ReplyTo));
        }
        // RFC 3834: asks vacation responders not to answer
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (content.Unsubscribe is { } unsubscribe)
        {
            // RFC 8058: mail programs show a button of their own
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.AbsoluteUri}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        return message;
    }

    private static MailboxAddress Mailbox(string text)
    {
        var address = new System.Net.Mail.MailAddress(text);
        return new MailboxAddress(address.DisplayName, address.Address);
    }

    private static MailboxAddress Recipient(string name, string address)
    {
        try
        {
            return new MailboxAddress(name, address);
        }
        catch (ParseException)
        {
            // the parser's message would quote from the address
            throw new JobDiscardedException("The user's e-mail address is none that mail can be sent to.");
        }
    }
}
