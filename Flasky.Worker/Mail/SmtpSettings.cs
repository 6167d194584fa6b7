using System.Globalization;
using System.Net;
using MailKit.Security;

namespace Flasky.Worker.Mail;

/// <summary>Which mail server takes the messages, and how it is reached. Immutable. Its text form holds no secret.</summary>
/// <param name="Host">A name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="Tls">When TLS starts.</param>
/// <param name="Credentials">Who logs in. Null: nobody does.</param>
internal sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Tls, NetworkCredential? Credentials)
{
    /// <summary>Whether what is sent stays on this machine.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
