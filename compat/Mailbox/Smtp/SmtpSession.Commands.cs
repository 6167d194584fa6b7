namespace Flasky.Mailbox.Smtp;

/// <summary>The commands that are about the session. Each returns whether the session goes on.</summary>
internal sealed partial class SmtpSession
{
    private async ValueTask<bool> HandleAsync(SmtpLine line)
    {
        if (line.Problem is { } problem) return Refuse(problem);
        var (verb, argument) = line.Split();
        switch (verb)
        {
            case "EHLO": return await HelloAsync(argument, extended: true);
            case "HELO": return await HelloAsync(argument, extended: false);
            case "AUTH": return await AuthAsync(argument);
            case "MAIL": return await MailAsync(argument);
            case "RCPT": return await RcptAsync(argument);
            case "DATA": return await DataAsync(argument);
            case "RSET":
                envelope = null;
                return await AnswerAsync(SmtpStage.Rset, SmtpReplies.Ok);
            case "NOOP": return await AnswerAsync(SmtpStage.Noop, SmtpReplies.Ok);
            case "VRFY": return await AnswerAsync(SmtpStage.Vrfy, argument.Length == 0 ? SmtpReplies.Syntax : SmtpReplies.CannotVerify);
            case "HELP": return await AnswerAsync(SmtpStage.Help, SmtpReplies.Help);
            case "QUIT":
                // A fault may answer instead; the client wants to leave either way.
                await AnswerAsync(SmtpStage.Quit, SmtpReplies.Bye);
                return false;
            case "STARTTLS" or "EXPN" or "BDAT" or "ETRN" or "TURN": return Refuse(SmtpReplies.NotImplemented);
            default: return Refuse(SmtpReplies.Unknown);
        }
    }

    private async ValueTask<bool> HelloAsync(string name, bool extended)
    {
        if (name.Length == 0) return Refuse(SmtpReplies.Syntax);
        envelope = null; // RFC 5321, 4.1.4: a second EHLO is a reset
        clientName = name;
        var outcome = await EnterAsync(SmtpStage.Hello);
        if (outcome == FaultOutcome.None)
        {
            channel.Write(extended ? Extensions() : $"250 {services.Options.HostName}");
        }
        else
        {
            clientName = null;
        }
        return outcome != FaultOutcome.Closed;
    }

    private string Extensions() => string.Join(
        "\r\n",
        $"250-{services.Options.HostName}",
        "250-PIPELINING",
        FormattableString.Invariant($"250-SIZE {services.Options.MaxMessageBytes}"),
        "250-8BITMIME",
        "250-SMTPUTF8",
        "250-ENHANCEDSTATUSCODES",
        "250-AUTH PLAIN LOGIN",
        "250 HELP");

    private async ValueTask<bool> AuthAsync(string argument)
    {
        if (clientName is null) return Refuse(SmtpReplies.HelloFirst);
        if (userName is not null) return Refuse(SmtpReplies.AuthAlready);
        if (envelope is not null) return Refuse(SmtpReplies.MailAlready);
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string?[] answers;
        switch (words)
        {
            case [var plain, ..] when plain.Equals("PLAIN", StringComparison.OrdinalIgnoreCase):
                answers = [words.ElementAtOrDefault(1) ?? await AskAsync(SmtpCredentials.EmptyPrompt)];
                break;
            case [var login, ..] when login.Equals("LOGIN", StringComparison.OrdinalIgnoreCase):
                var user = words.ElementAtOrDefault(1) ?? await AskAsync(SmtpCredentials.UserNamePrompt);
                answers = [user, user is null or "*" ? user : await AskAsync(SmtpCredentials.PasswordPrompt)];
                break;
            default:
                return Refuse(SmtpReplies.AuthUnknown);
        }
        if (answers.Contains(null)) return farewell is not null;
        if (answers.Contains("*")) return Refuse(SmtpReplies.AuthCancelled);
        var credentials = answers is [{ } name, { } password]
            ? SmtpCredentials.FromLogin(name, password)
            : SmtpCredentials.FromPlain(answers[0]!);
        return credentials is null ? Refuse(SmtpReplies.AuthMalformed) : await AdmitAsync(credentials);
    }

    private async ValueTask<bool> AdmitAsync(SmtpCredentials credentials)
    {
        var admitted = credentials.Satisfies(services.Options);
        userName = credentials.UserName;
        var outcome = await EnterAsync(SmtpStage.Auth);
        if (outcome == FaultOutcome.None) channel.Write(admitted ? SmtpReplies.AuthOk : SmtpReplies.AuthRefused);
        if (!admitted || outcome != FaultOutcome.None) userName = null;
        return outcome != FaultOutcome.Closed;
    }

    /// <summary>Asks for a line of AUTH; null if the client is gone or the session is to end.</summary>
    private async ValueTask<string?> AskAsync(string prompt)
    {
        channel.Write(prompt);
        var line = await channel.ReadLineAsync();
        // A line that must not be obeyed cancels the exchange, as "*" does.
        return line is { Problem: not null } ? "*" : line?.Text;
    }
}
