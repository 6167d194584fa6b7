using System.Text;

namespace Flasky.Mailbox.Smtp;

/// <summary>The commands that hand in a message. Each returns whether the session goes on.</summary>
internal sealed partial class SmtpSession
{
    private async ValueTask<bool> MailAsync(string argument)
    {
        if (clientName is null) return Refuse(SmtpReplies.HelloFirst);
        if (services.Options.UserName is not null && userName is null) return Refuse(SmtpReplies.AuthRequired);
        if (envelope is not null) return Refuse(SmtpReplies.MailAlready);
        if (!SmtpPath.TryParse(argument, "FROM:", out var sender, out var text)) return Refuse(SmtpReplies.Syntax);
        if (!MailParameters.TryParse(text, out var parameters)) return Refuse(SmtpReplies.BadParameter);
        if (sender.Length > 0 && !SmtpPath.IsAddress(sender)) return Refuse(SmtpReplies.BadSender);
        if (!parameters.SmtpUtf8 && !Ascii.IsValid(sender)) return Refuse(SmtpReplies.NeedsSmtpUtf8);
        if (parameters.Size > services.Options.MaxMessageBytes) return Refuse(SmtpReplies.TooLarge);
        envelope = new Envelope(sender, parameters.SmtpUtf8, []);
        var outcome = await EnterAsync(SmtpStage.Mail);
        if (outcome == FaultOutcome.None) channel.Write(SmtpReplies.SenderOk);
        else envelope = null;
        return outcome != FaultOutcome.Closed;
    }

    private async ValueTask<bool> RcptAsync(string argument)
    {
        if (envelope is not { } before) return Refuse(SmtpReplies.MailFirst);
        if (!SmtpPath.TryParse(argument, "TO:", out var recipient, out var parameters)) return Refuse(SmtpReplies.Syntax);
        if (parameters.Length > 0) return Refuse(SmtpReplies.BadParameter);
        var isPostmaster = recipient.Equals("postmaster", StringComparison.OrdinalIgnoreCase); // RFC 5321, 4.5.1
        if (!isPostmaster && !SmtpPath.IsAddress(recipient)) return Refuse(SmtpReplies.BadRecipient);
        if (!before.SmtpUtf8 && !Ascii.IsValid(recipient)) return Refuse(SmtpReplies.NeedsSmtpUtf8);
        if (before.Recipients.Length >= services.Options.MaxRecipients) return Refuse(SmtpReplies.TooManyRecipients);
        envelope = before.With(recipient);
        var outcome = await EnterAsync(SmtpStage.Rcpt);
        if (outcome == FaultOutcome.None) channel.Write(SmtpReplies.RecipientOk);
        else envelope = before;
        return outcome != FaultOutcome.Closed;
    }

    private async ValueTask<bool> DataAsync(string argument)
    {
        if (argument.Length > 0) return Refuse(SmtpReplies.Syntax);
        if (envelope is not { } complete) return Refuse(SmtpReplies.MailFirst);
        if (complete.Recipients.Length == 0) return Refuse(SmtpReplies.RecipientFirst);
        var outcome = await EnterAsync(SmtpStage.Data);
        if (outcome != FaultOutcome.None) return outcome != FaultOutcome.Closed;
        channel.Write(SmtpReplies.StartContent);
        try
        {
            return await ReceiveAsync(complete);
        }
        finally
        {
            message = null;
            envelope = null;
        }
    }

    private async ValueTask<bool> ReceiveAsync(Envelope complete)
    {
        // A farewell here cuts a message short; the client hears 421 instead of the reply it waits for.
        if (!await channel.WaitForContentAsync()) return farewell is not null;
        if (await EnterAsync(SmtpStage.Content) != FaultOutcome.None) return false;
        using var content = new ContentBuffer(services.Options.MaxMessageBytes, services.Budget);
        if (!await channel.ReadContentAsync(content)) return farewell is not null;
        if (content.Refusal is { } refusal) return Refuse(refusal);
        return await KeepAsync(complete, content.ToArray());
    }

    private async ValueTask<bool> KeepAsync(Envelope complete, byte[] source)
    {
        var now = services.Options.Time.GetUtcNow();
        var received = new ReceivedMessage(
            Guid.CreateVersion7(now).ToString("N"), now, complete.Sender, complete.Recipients, userName, source);
        message = received;
        var outcome = await EnterAsync(SmtpStage.EndOfData);
        if (outcome != FaultOutcome.None) return outcome != FaultOutcome.Closed;
        services.Store.Add(received);
        messagesKept++;
        return await AnswerAsync(SmtpStage.Accepted, $"250 2.0.0 Ok: queued as {received.Id}");
    }
}
