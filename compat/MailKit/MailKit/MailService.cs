using System.Net;
using System.Net.Security;
using System.Text;
using MailKit.Security;

namespace MailKit;

/// <summary>A client of a mail server. Not safe for concurrent use.</summary>
public abstract class MailService : IDisposable
{
    private protected MailService()
    {
    }

    /// <summary>Decides on the server's certificate; the sender is the host's name. Null: only a valid certificate of a trusted issuer for that name.</summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidationCallback { get; set; }

    /// <summary>Whether a certificate's issuer is asked if it has been revoked. Default: true.</summary>
    public bool CheckCertificateRevocation { get; set; } = true;

    /// <summary>The log-in mechanisms the server offered.</summary>
    public abstract HashSet<string> AuthenticationMechanisms { get; }

    /// <summary>Whether the client is connected, as far as it knows: a connection that broke in silence shows at the next command.</summary>
    public abstract bool IsConnected { get; }

    /// <summary>Whether the connection is encrypted.</summary>
    public abstract bool IsSecure { get; }

    /// <summary>Whether the client has logged in.</summary>
    public abstract bool IsAuthenticated { get; }

    /// <summary>How long one read or write may take, in milliseconds. Default: 2 minutes. -1: without limit.</summary>
    public abstract int Timeout { get; set; }

    /// <summary>Connects to a server.</summary>
    /// <param name="host">A name or address.</param>
    /// <param name="port">0: the protocol's default port.</param>
    /// <param name="options">When TLS starts.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public abstract Task ConnectAsync(string host, int port = 0, SecureSocketOptions options = SecureSocketOptions.Auto, CancellationToken cancellationToken = default);

    /// <summary>Logs in.</summary>
    /// <exception cref="NotSupportedException">The server offers no log-in, or none this client knows.</exception>
    /// <exception cref="AuthenticationException">The server refused.</exception>
    public abstract Task AuthenticateAsync(Encoding encoding, ICredentials credentials, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="AuthenticateAsync(Encoding, ICredentials, CancellationToken)"/>
    public Task AuthenticateAsync(ICredentials credentials, CancellationToken cancellationToken = default) =>
        AuthenticateAsync(Encoding.UTF8, credentials, cancellationToken);

    /// <inheritdoc cref="AuthenticateAsync(Encoding, ICredentials, CancellationToken)"/>
    public Task AuthenticateAsync(string userName, string password, CancellationToken cancellationToken = default) =>
        AuthenticateAsync(Encoding.UTF8, new NetworkCredential(userName, password), cancellationToken);

    /// <summary>Closes the connection; does nothing when there is none.</summary>
    /// <param name="quit">Whether to say goodbye first.</param>
    /// <param name="cancellationToken">Ends the goodbye.</param>
    public abstract Task DisconnectAsync(bool quit, CancellationToken cancellationToken = default);

    /// <summary>Asks the server for a sign of life.</summary>
    public abstract Task NoOpAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the connection without a goodbye.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected abstract void Dispose(bool disposing);
}
