using System.ComponentModel.DataAnnotations;

namespace Flasky.Worker.Mail;

/// <summary>How connections to the mail server are used. Configuration section <c>Flasky:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    /// <summary>The section's path.</summary>
    internal const string Section = "Flasky:Smtp";

    /// <summary>The most connections at a time; further messages wait for one. Default: 4.</summary>
    [Range(1, 100)]
    public int MaxConnections { get; set; } = 4;

    /// <summary>How long a connection is kept without use. Default: 30 seconds; servers close idle ones after a minute to five.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the server may take for one answer. Default: 2 minutes. When the answer to a whole message stays out,
    /// nobody knows whether it was taken, and the retry may deliver it twice: so this is long rather than short.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
