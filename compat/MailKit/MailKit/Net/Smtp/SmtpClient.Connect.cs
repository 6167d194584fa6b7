using System.Globalization;
using System.Net.Sockets;
using MailKit.Security;

namespace MailKit.Net.Smtp;

public partial class SmtpClient
{
    private const int SubmissionsPort = 465;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The client is connected already.</exception>
    /// <exception cref="SocketException">The server could not be reached.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="Timeout"/>.</exception>
    /// <exception cref="SslHandshakeException">TLS could not be started.</exception>
    /// <exception cref="NotSupportedException">STARTTLS was asked for and the server does not offer it.</exception>
    /// <exception cref="SmtpCommandException">The server refused the greeting.</exception>
    /// <exception cref="SmtpProtocolException">The server broke off, or does not speak SMTP.</exception>
    public override async Task ConnectAsync(string host, int port = 0, SecureSocketOptions options = SecureSocketOptions.Auto, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (connected)
        {
            throw new InvalidOperationException("The SmtpClient is already connected.");
        }
        this.host = host;
        if (options == SecureSocketOptions.Auto)
        {
            options = port == SubmissionsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        }
        if (port == 0)
        {
            port = options == SecureSocketOptions.SslOnConnect ? SubmissionsPort : 25;
        }
        stream = new SmtpStream(await OpenAsync(port, cancellationToken)) { Timeout = timeout };
        try
        {
            await GreetAsync(options, cancellationToken);
            connected = true;
        }
        catch
        {
            Close();
            throw;
        }
    }

    private async Task<Stream> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await socket.ConnectAsync(host, port, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Connecting to {host} timed out after {timeout} milliseconds", e);
            }
            throw;
        }
    }

    private async Task GreetAsync(SecureSocketOptions options, CancellationToken cancellationToken)
    {
        if (options == SecureSocketOptions.SslOnConnect)
        {
            await SecureAsync(cancellationToken);
        }
        var greeting = await stream!.ReadReplyAsync(cancellationToken);
        if (greeting.StatusCode != SmtpStatusCode.ServiceReady)
        {
            throw greeting.Unexpected();
        }
        await HelloAsync(cancellationToken);
        var offered = Capabilities.HasFlag(SmtpCapabilities.StartTLS);
        if (options == SecureSocketOptions.StartTls && !offered)
        {
            throw new NotSupportedException("The SMTP server does not support the STARTTLS extension.");
        }
        if (options is SecureSocketOptions.StartTls or SecureSocketOptions.StartTlsWhenAvailable && offered)
        {
            var reply = await stream.CommandAsync("STARTTLS\r\n", cancellationToken);
            if (reply.StatusCode != SmtpStatusCode.ServiceReady)
            {
                throw reply.Unexpected();
            }
            await SecureAsync(cancellationToken);
            await HelloAsync(cancellationToken);
        }
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        stream!.Replace(await TlsUpgrade.StartAsync(stream.Transport, host, this, cancellationToken));
        secure = true;
    }

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        var reply = await stream!.CommandAsync($"EHLO {GreetingName()}\r\n", cancellationToken);
        if (reply.StatusCode == SmtpStatusCode.Ok)
        {
            ReadCapabilities(reply.Response);
            return;
        }
        reply = await stream.CommandAsync($"HELO {GreetingName()}\r\n", cancellationToken);
        if (reply.StatusCode != SmtpStatusCode.Ok)
        {
            throw reply.Unexpected();
        }
    }

    private void ReadCapabilities(string response)
    {
        Capabilities = SmtpCapabilities.None;
        MaxSize = 0;
        AuthenticationMechanisms.Clear();
        // the first line greets
        foreach (var line in response.Split('\n').Skip(1))
        {
            var words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words.FirstOrDefault()?.ToUpperInvariant())
            {
                case "AUTH":
                    Capabilities |= SmtpCapabilities.Authentication;
                    AuthenticationMechanisms.UnionWith(words.Skip(1));
                    break;
                case "SIZE":
                    Capabilities |= SmtpCapabilities.Size;
                    MaxSize = words.Length > 1 && uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
                    break;
                case "8BITMIME":
                    Capabilities |= SmtpCapabilities.EightBitMime;
                    break;
                case "ENHANCEDSTATUSCODES":
                    Capabilities |= SmtpCapabilities.EnhancedStatusCodes;
                    break;
                case "PIPELINING":
                    Capabilities |= SmtpCapabilities.Pipelining;
                    break;
                case "SMTPUTF8":
                    Capabilities |= SmtpCapabilities.UTF8;
                    break;
                case "STARTTLS":
                    Capabilities |= SmtpCapabilities.StartTLS;
                    break;
            }
        }
    }
}
