using System.Net.Security;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Flasky.Compat.Tests.MailKit;

public sealed class SmtpTlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartTlsSecuresTheConnectionAndAsksAgainWhatIsOffered()
    {
        using var certificate = ScriptedServer.Certificate("localhost");
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250-hello\n250 STARTTLS");
            // a second reply in the clear, as someone on the way might slip in, must be forgotten
            await s.AnswerAsync("220 go ahead\n250-evil\n250 AUTH PLAIN");
            await s.StartTlsAsync(certificate);
            await s.AnswerAsync("250-hello again\n250 SIZE 77");
        });
        using var client = Trusting(SslPolicyErrors.RemoteCertificateChainErrors);
        await client.ConnectAsync("localhost", server.Port, SecureSocketOptions.StartTls, Token);
        Assert.True(client.IsSecure);
        Assert.Equal(77u, client.MaxSize);
        Assert.Empty(client.AuthenticationMechanisms);
    }

    [Fact]
    public async Task TlsFromTheStartWorks()
    {
        using var certificate = ScriptedServer.Certificate("localhost");
        await using var server = new ScriptedServer(async s =>
        {
            await s.StartTlsAsync(certificate);
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250 hello");
        });
        using var client = Trusting(SslPolicyErrors.RemoteCertificateChainErrors);
        await client.ConnectAsync("localhost", server.Port, SecureSocketOptions.SslOnConnect, Token);
        Assert.True(client.IsSecure);
    }

    [Fact]
    public async Task AnUntrustedCertificateIsRefused()
    {
        using var certificate = ScriptedServer.Certificate("localhost");
        await using var server = Refused(certificate);
        using var client = new SmtpClient();
        var refusal = await Assert.ThrowsAsync<SslHandshakeException>(() => client.ConnectAsync("localhost", server.Port, SecureSocketOptions.SslOnConnect, Token));
        Assert.Contains("could not be validated", refusal.Message, StringComparison.Ordinal);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task ACertificateForAnotherNameIsRefused()
    {
        using var certificate = ScriptedServer.Certificate("other.example");
        await using var server = Refused(certificate);
        using var client = new SmtpClient();
        var refusal = await Assert.ThrowsAsync<SslHandshakeException>(() => client.ConnectAsync("localhost", server.Port, SecureSocketOptions.SslOnConnect, Token));
        Assert.Contains("another name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartTlsIsRequiredWhereItIsAskedFor()
    {
        await using var server = Plain();
        using var client = new SmtpClient();
        await Assert.ThrowsAsync<NotSupportedException>(() => client.ConnectAsync("localhost", server.Port, SecureSocketOptions.StartTls, Token));
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task StartTlsWhenAvailableDoesWithout()
    {
        await using var server = Plain();
        using var client = new SmtpClient();
        await client.ConnectAsync("localhost", server.Port, SecureSocketOptions.StartTlsWhenAvailable, Token);
        Assert.True(client.IsConnected);
        Assert.False(client.IsSecure);
    }

    private static SmtpClient Trusting(SslPolicyErrors expected) => new()
    {
        CheckCertificateRevocation = false,
        ServerCertificateValidationCallback = (_, _, _, errors) => errors == expected,
    };

    private static ScriptedServer Plain() => new(async s =>
    {
        await s.SayAsync("220 hello");
        await s.AnswerAsync("250 hello");
    });

    private static ScriptedServer Refused(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) => new(async s =>
    {
        try
        {
            await s.StartTlsAsync(certificate);
            await s.HearAsync();
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // the client turns away in the handshake, or right behind it
        }
    });
}
