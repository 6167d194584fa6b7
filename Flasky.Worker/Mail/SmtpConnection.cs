using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Flasky.Worker.Mail;

/// <summary>An open connection to the mail server, logged in if need be. Used by one sender at a time.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly SmtpClient client = new();

    private SmtpConnection()
    {
    }

    /// <summary>Whether it may be used again.</summary>
    internal bool IsOpen => client.IsConnected;

    /// <summary>Since when nobody uses it; a time stamp of the pool's clock.</summary>
    internal long IdleSince { get; set; }

    internal static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection();
        try
        {
            connection.client.Timeout = (int)timeout.TotalMilliseconds;
            await connection.client.ConnectAsync(settings.Host, settings.Port, settings.Tls, cancellationToken);
            if (settings.Credentials is not null)
            {
                await connection.client.AuthenticateAsync(settings.Credentials, cancellationToken);
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal Task<string> SendAsync(MimeMessage message, ITransferProgress progress, CancellationToken cancellationToken) =>
        client.SendAsync(message, cancellationToken, progress);

    /// <summary>Says goodbye, but waits no longer than two seconds for the answer.</summary>
    internal async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(FarewellTime);
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (e is TimeoutException or IOException or OperationCanceledException)
        {
            // nobody needs the server's answer
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => client.Dispose();
}
