using Flasky.Mailbox;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Flasky.Compat.Tests.MailKit;

public sealed class SmtpAuthenticationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRightPasswordLetsIn()
    {
        await using var mailbox = await StartAsync();
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", mailbox.SmtpPort, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync("flasky", "pässword", Token);
        Assert.True(client.IsAuthenticated);
        await client.SendAsync(Mime.Message(), Token);
        Assert.Equal("flasky", Assert.Single(mailbox.Messages).UserName);
    }

    [Fact]
    public async Task TheWrongPasswordIsAnAuthenticationError()
    {
        await using var mailbox = await StartAsync();
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", mailbox.SmtpPort, SecureSocketOptions.None, Token);
        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync("flasky", "guess", Token));
        Assert.Equal(SmtpStatusCode.AuthenticationInvalidCredentials, Assert.IsType<SmtpCommandException>(refusal.InnerException).StatusCode);
        Assert.False(client.IsAuthenticated);
    }

    [Fact]
    public async Task AServerThatWantsALogInSaysSo()
    {
        await using var mailbox = await StartAsync();
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", mailbox.SmtpPort, SecureSocketOptions.None, Token);
        await Assert.ThrowsAsync<ServiceNotAuthenticatedException>(() => client.SendAsync(Mime.Message(), Token));
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task LoginIsUsedWherePlainIsNotOffered()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250-hello\n250 AUTH LOGIN GSSAPI");
            await s.AnswerAsync("334 VXNlcm5hbWU6");
            await s.AnswerAsync("334 UGFzc3dvcmQ6");
            await s.AnswerAsync("235 2.7.0 in");
            await s.AnswerAsync("221 bye");
        });
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync("ada", "secret", Token);
        await client.DisconnectAsync(quit: true, Token);
        Assert.Equal(["AUTH LOGIN", "YWRh", "c2VjcmV0", "QUIT"], server.Heard.Skip(1));
    }

    [Fact]
    public async Task AServerWithoutLogInIsNotSupported()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250 hello");
        });
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.AuthenticateAsync("ada", "secret", Token));
    }

    private static Task<MailboxServer> StartAsync() =>
        MailboxServer.StartAsync(new MailboxOptions { HttpPort = null, UserName = "flasky", Password = "pässword" }, Token);
}
