using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MailKit.Net.Smtp;

/// <summary>An SMTP client (RFC 5321). Not safe for concurrent use.</summary>
public partial class SmtpClient : MailTransport
{
    private SmtpStream? stream;
    private string host = "";
    private int timeout = (int)TimeSpan.FromMinutes(2).TotalMilliseconds;
    private bool disposed;
    private bool connected;
    private bool secure;
    private bool authenticated;

    /// <summary>The extensions the server offers; none before connecting.</summary>
    public SmtpCapabilities Capabilities { get; private set; }

    /// <summary>The largest message the server takes, in bytes. 0: it did not say.</summary>
    public uint MaxSize { get; private set; }

    /// <summary>The name this client greets with. Null: this machine's name.</summary>
    public string? LocalDomain { get; set; }

    /// <inheritdoc/>
    public override HashSet<string> AuthenticationMechanisms { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool IsConnected => connected;

    /// <inheritdoc/>
    public override bool IsSecure => connected && secure;

    /// <inheritdoc/>
    public override bool IsAuthenticated => authenticated;

    /// <inheritdoc/>
    public override int Timeout
    {
        get => timeout;
        set
        {
            timeout = value;
            stream?.Timeout = value;
        }
    }

    /// <inheritdoc/>
    public override async Task DisconnectAsync(bool quit, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!connected)
        {
            return;
        }
        if (quit)
        {
            try
            {
                await stream!.CommandAsync("QUIT\r\n", cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or SmtpProtocolException or IOException)
            {
                // the connection is closed either way
            }
        }
        Close();
    }

    /// <inheritdoc/>
    public override async Task NoOpAsync(CancellationToken cancellationToken = default)
    {
        CheckConnected();
        var reply = await CommandAsync("NOOP\r\n", cancellationToken);
        if (reply.StatusCode != SmtpStatusCode.Ok)
        {
            throw reply.Unexpected();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            Close();
        }
    }

    /// <summary>Sends a command; a failure other than a refusal closes the connection.</summary>
    private async Task<SmtpResponse> CommandAsync(string command, CancellationToken cancellationToken)
    {
        try
        {
            return await stream!.CommandAsync(command, cancellationToken);
        }
        catch
        {
            Close();
            throw;
        }
    }

    [MemberNotNull(nameof(stream))]
    private void CheckConnected()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!connected || stream is null)
        {
            throw new ServiceNotConnectedException("The SmtpClient is not connected.");
        }
    }

    private void Close()
    {
        Capabilities = SmtpCapabilities.None;
        authenticated = false;
        connected = false;
        secure = false;
        stream?.Dispose();
        stream = null;
    }

    private string GreetingName()
    {
        var name = string.IsNullOrEmpty(LocalDomain) ? IPGlobalProperties.GetIPGlobalProperties().HostName.Replace('_', '-') : LocalDomain;
        if (!IPAddress.TryParse(name, out var address))
        {
            return name.Length == 0 ? "localhost" : new IdnMapping().GetAscii(name);
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? $"[IPv6:{address}]"
            : $"[{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}]";
    }
}
