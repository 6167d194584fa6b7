namespace Flasky.Mailbox;

/// <summary>Where an SMTP session is: the command it is handling, or the part of a message's transfer.</summary>
public enum SmtpStage
{
    /// <summary>Connected; the greeting has not been sent.</summary>
    Connect,

    /// <summary>Waiting for the client's next command. No fault applies here.</summary>
    Idle,

    /// <summary>EHLO or HELO.</summary>
    Hello,

    /// <summary>AUTH, with the credentials at hand.</summary>
    Auth,

    /// <summary>MAIL FROM.</summary>
    Mail,

    /// <summary>RCPT TO.</summary>
    Rcpt,

    /// <summary>The command DATA; 354 has not been sent.</summary>
    Data,

    /// <summary>Content is arriving; the final dot has not been read.</summary>
    Content,

    /// <summary>The final dot was read; the message is not kept yet.</summary>
    EndOfData,

    /// <summary>The message is kept; the client has not been told.</summary>
    Accepted,

    /// <summary>RSET.</summary>
    Rset,

    /// <summary>NOOP.</summary>
    Noop,

    /// <summary>VRFY.</summary>
    Vrfy,

    /// <summary>HELP.</summary>
    Help,

    /// <summary>QUIT.</summary>
    Quit,
}
