using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MailKit.Security;

/// <summary>Starts TLS on a connected stream.</summary>
internal static class TlsUpgrade
{
    internal static async Task<SslStream> StartAsync(Stream stream, string host, MailService client, CancellationToken cancellationToken)
    {
        var errors = SslPolicyErrors.None;
        var ssl = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateRevocationCheckMode = client.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, found) =>
            {
                errors = found;
                return client.ServerCertificateValidationCallback?.Invoke(host, certificate, chain, found) ?? found == SslPolicyErrors.None;
            },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(client.Timeout);
        try
        {
            await ssl.AuthenticateAsClientAsync(options, limit.Token);
            return ssl;
        }
        catch (Exception e)
        {
            await ssl.DisposeAsync();
            throw new SslHandshakeException($"An error occurred while attempting to establish an SSL or TLS connection with {host}. {Explain(errors)}", e);
        }
    }

    private static string Explain(SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => "The server may not speak TLS on this port.",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "The server showed no certificate.",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "The certificate is for another name.",
        _ => "The certificate could not be validated.",
    };
}
