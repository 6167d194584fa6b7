using System.Net;
using Microsoft.Extensions.Logging;

namespace Flasky.Mailbox;

/// <summary>What a <see cref="MailboxServer"/> listens on and how much it keeps. Read once, at start.</summary>
public sealed class MailboxOptions
{
    /// <summary>The address to listen on. Default: 127.0.0.1.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>The SMTP port. 0, the default, takes a free one: see <see cref="MailboxServer.SmtpPort"/>.</summary>
    public int SmtpPort { get; set; }

    /// <summary>The port of the page and the REST API. 0, the default, takes a free one; null: no page.</summary>
    public int? HttpPort { get; set; } = 0;

    /// <summary>How many messages are kept; beyond that the oldest goes. Default: 500.</summary>
    public int MaxMessages { get; set; } = 500;

    /// <summary>The largest message accepted, in bytes (the SIZE extension). Default: 25 MiB.</summary>
    public long MaxMessageBytes { get; set; } = 25L * 1024 * 1024;

    /// <summary>
    /// How many bytes all kept messages may have together (beyond that the oldest goes), and, counted apart, those
    /// being received (beyond that a message is put off with 452). Default: 256 MiB.
    /// </summary>
    public long MaxTotalBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How many recipients one message may have; the next is put off with 452. Default: 1000.</summary>
    public int MaxRecipients { get; set; } = 1000;

    /// <summary>How long a session waits for its client before it ends with 421. Default: 5 minutes (RFC 5321, 4.5.3.2).</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The only user name accepted; AUTH is then required. null, the default: any is accepted and AUTH is optional.</summary>
    public string? UserName { get; set; }

    /// <summary>The password that goes with <see cref="UserName"/>; null: any.</summary>
    public string? Password { get; set; }

    /// <summary>The name given in the greeting. Default: localhost.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>The clock of time stamps, time-outs and scripted delays. Default: the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Where unexpected errors are logged; null, the default: nowhere.</summary>
    public ILoggerFactory? Logging { get; set; }

    /// <summary>What cannot be served, in words; null if all is well.</summary>
    internal string? FindProblem() => this switch
    {
        { MaxMessages: < 1 } => "MaxMessages must be at least 1.",
        { MaxMessageBytes: < 1 } => "MaxMessageBytes must be at least 1.",
        { MaxTotalBytes: < 1 } => "MaxTotalBytes must be at least 1.",
        { MaxRecipients: < 1 } => "MaxRecipients must be at least 1.",
        { IdleTimeout.Ticks: <= 0 } => "IdleTimeout must be positive.",
        _ when MaxMessageBytes > Array.MaxLength => "MaxMessageBytes must be below 2 GiB.",
        _ => null,
    };
}
