using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed class SmtpWireTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnvelopeCommandsArePipelined()
    {
        var pipelined = false;
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250-hello\n250-SIZE 1000000\n250 PIPELINING");
            await s.HearAsync();
            // the second command is there although the first has not been answered
            await s.HearAsync();
            pipelined = true;
            await s.SayAsync("250 sender\n250 recipient");
            await TakeContentAsync(s);
        });
        await SendAsync(server, Mime.Message(text: ".\n..x\nend"));
        Assert.True(pipelined);
        Assert.StartsWith("MAIL FROM:<flasky@example.com> SIZE=", server.Heard[1], StringComparison.Ordinal);
        Assert.Equal(["RCPT TO:<ada@example.com>", "DATA"], server.Heard[2..4]);
        Assert.Equal(["..", "...x", "end", "."], server.Heard[^4..]);
    }

    [Fact]
    public async Task WithoutPipeliningEachCommandWaits()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("502 no EHLO here");
            await s.AnswerAsync("250 hello");
            await s.HearAsync();
            Assert.False(s.HasMore);
            await s.SayAsync("250 sender");
            await s.AnswerAsync("250 recipient");
            await TakeContentAsync(s);
        });
        await SendAsync(server, Mime.Message(text: "ü"));
        Assert.StartsWith("EHLO ", server.Heard[0], StringComparison.Ordinal);
        Assert.StartsWith("HELO ", server.Heard[1], StringComparison.Ordinal);
        Assert.Equal("MAIL FROM:<flasky@example.com>", server.Heard[2]);
        Assert.Contains("Content-Transfer-Encoding: base64", server.Heard);
    }

    [Fact]
    public async Task WithoutSmtpUtf8DomainsArePunycode()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250 hello");
            await s.AnswerAsync("250 sender");
            await s.AnswerAsync("250 recipient");
            await TakeContentAsync(s);
        });
        await SendAsync(server, Mime.Message(to: "ada@bücher.example"));
        Assert.Equal("RCPT TO:<ada@xn--bcher-kva.example>", server.Heard[2]);
    }

    [Fact]
    public async Task ARefusalBeforeABrokenConnectionIsWhatIsTold()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.SayAsync("220 hello");
            await s.AnswerAsync("250-hello\n250 PIPELINING");
            await s.HearAsync();
            await s.HearAsync();
            await s.SayAsync("421 4.3.2 going down");
        });
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token);
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mime.Message(), Token));
        Assert.Equal(SmtpStatusCode.ServiceNotAvailable, refusal.StatusCode);
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("22")]
    [InlineData("220-one\n250 two")]
    [InlineData("220?")]
    public async Task RepliesThatAreNoSmtpAreProtocolErrors(string greeting)
    {
        await using var server = new ScriptedServer(s => s.SayAsync(greeting));
        using var client = new SmtpClient();
        await Assert.ThrowsAsync<SmtpProtocolException>(() => client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token));
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task AServerThatGreetsWithARefusalIsNotConnectedTo()
    {
        await using var server = new ScriptedServer(s => s.SayAsync("554 5.3.2 no service"));
        using var client = new SmtpClient();
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token));
        Assert.Equal(SmtpStatusCode.TransactionFailed, refusal.StatusCode);
        Assert.False(client.IsConnected);
    }

    private static async Task SendAsync(ScriptedServer server, MimeMessage message)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, Token);
        Assert.Equal("taken", await client.SendAsync(message, Token));
    }

    private static async Task TakeContentAsync(ScriptedServer server)
    {
        await server.AnswerAsync("354 go on");
        while (await server.HearAsync() != ".")
        {
        }
        await server.SayAsync("250 taken");
    }
}
