using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Flasky.Compat.Tests.MailKit;

/// <summary>An SMTP server of one session that says what the test tells it, for what no proper server does, and for TLS.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task session;
    private Stream stream = Stream.Null;
    private StreamReader reader = StreamReader.Null;

    internal ScriptedServer(Func<ScriptedServer, Task> script)
    {
        listener.Start();
        session = RunAsync(script);
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What the client has said so far, line by line.</summary>
    internal List<string> Heard { get; } = [];

    internal async Task SayAsync(string reply)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply.ReplaceLineEndings("\r\n") + "\r\n"), TestContext.Current.CancellationToken);
    }

    internal async Task<string> HearAsync()
    {
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new IOException("the client left");
        Heard.Add(line);
        return line;
    }

    /// <summary>Answers one command.</summary>
    internal async Task AnswerAsync(string reply)
    {
        await HearAsync();
        await SayAsync(reply);
    }

    /// <summary>Whether the client has sent more than has been heard.</summary>
    internal bool HasMore => ((NetworkStream)stream).DataAvailable;

    internal async Task StartTlsAsync(X509Certificate2 certificate)
    {
        var ssl = new SslStream(stream);
        await ssl.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, TestContext.Current.CancellationToken);
        Use(ssl);
    }

    internal static X509Certificate2 Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        // a key that lives only in the certificate cannot be used for TLS on every platform
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    /// <summary>Waits for the script's end and fails as it failed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await session.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
        finally
        {
            listener.Dispose();
        }
    }

    private void Use(Stream next)
    {
        stream = next;
        reader = new StreamReader(next, Encoding.UTF8);
    }

    private async Task RunAsync(Func<ScriptedServer, Task> script)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Use(client.GetStream());
        await script(this);
        await stream.DisposeAsync();
    }
}
