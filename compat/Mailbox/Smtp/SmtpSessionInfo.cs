namespace Flasky.Mailbox;

/// <summary>An open SMTP session as it was at one moment.</summary>
public sealed record SmtpSessionInfo
{
    /// <summary>Unique within the server; rises with each connection.</summary>
    public required long Id { get; init; }

    /// <summary>The client's port: the operating system knows which process owns it.</summary>
    public required int RemotePort { get; init; }

    /// <summary>When the client connected.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>What the session is handling.</summary>
    public required SmtpStage Stage { get; init; }

    /// <summary>The name from EHLO or HELO; null before it.</summary>
    public string? ClientName { get; init; }

    /// <summary>The authenticated user; null without AUTH.</summary>
    public string? UserName { get; init; }

    /// <summary>The envelope's sender, from MAIL on; null outside a transaction, empty for the null sender.</summary>
    public string? Sender { get; init; }

    /// <summary>The envelope's recipients so far; at <see cref="SmtpStage.Rcpt"/> the last is the one being asked for.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The message, from <see cref="SmtpStage.EndOfData"/> until its reply; otherwise null.</summary>
    public ReceivedMessage? Message { get; init; }

    /// <summary>How many messages this session has handed in and got kept.</summary>
    public int MessagesKept { get; init; }
}
