using System.Net;
using System.Text;
using MailKit.Security;

namespace MailKit.Net.Smtp;

public partial class SmtpClient
{
    /// <summary>The mechanisms this client knows, the preferred one first.</summary>
    private static readonly string[] Mechanisms = ["PLAIN", "LOGIN"];

    /// <inheritdoc/>
    /// <remarks>Knows PLAIN (RFC 4616) and LOGIN; PLAIN goes first.</remarks>
    /// <exception cref="InvalidOperationException">The client has logged in already.</exception>
    public override async Task AuthenticateAsync(Encoding encoding, ICredentials credentials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(credentials);
        CheckConnected();
        if (authenticated)
        {
            throw new InvalidOperationException("The SmtpClient is already authenticated.");
        }
        if (!Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw new NotSupportedException("The SMTP server does not support authentication.");
        }
        AuthenticationException? refusal = null;
        foreach (var mechanism in Mechanisms.Where(AuthenticationMechanisms.Contains))
        {
            if (credentials.GetCredential(new Uri($"smtp://{(host.Contains(':') ? $"[{host}]" : host)}"), mechanism) is not { } credential)
            {
                continue;
            }
            var reply = mechanism == "PLAIN"
                ? await CommandAsync($"AUTH PLAIN {Base64(encoding, $"\0{credential.UserName}\0{credential.Password}")}\r\n", cancellationToken)
                : await LoginAsync(encoding, credential, cancellationToken);
            if (reply.StatusCode == SmtpStatusCode.AuthenticationSuccessful)
            {
                authenticated = true;
                return;
            }
            refusal = new AuthenticationException($"{(int)reply.StatusCode}: {reply.Response}", reply.Unexpected());
        }
        throw (Exception?)refusal ?? new NotSupportedException("No compatible authentication mechanisms found.");
    }

    private async Task<SmtpResponse> LoginAsync(Encoding encoding, NetworkCredential credential, CancellationToken cancellationToken)
    {
        var reply = await CommandAsync("AUTH LOGIN\r\n", cancellationToken);
        foreach (var answer in new[] { credential.UserName, credential.Password })
        {
            if (reply.StatusCode != SmtpStatusCode.AuthenticationChallenge)
            {
                break;
            }
            reply = await CommandAsync($"{Base64(encoding, answer)}\r\n", cancellationToken);
        }
        return reply;
    }

    private static string Base64(Encoding encoding, string text) => Convert.ToBase64String(encoding.GetBytes(text));
}
