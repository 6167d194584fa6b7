using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class CommandTests
{
    private static readonly MailboxOptions NoPage = new() { HttpPort = null, MaxMessageBytes = 1000 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EhloNamesWhatTheServerCanDo()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.ConnectAsync(server);
        Assert.Equal("220 localhost ESMTP Flasky mailbox", await client.ReplyAsync());

        var lines = (await client.SayAsync("ehlo [127.0.0.1]")).Split('\n').Select(line => line[4..]);

        Assert.Equal(["localhost", "PIPELINING", "SIZE 1000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "AUTH PLAIN LOGIN", "HELP"], lines);
    }

    [Fact]
    public async Task HeloIsAnsweredInOneLine()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.ConnectAsync(server);
        await client.ReplyAsync();

        Assert.Equal("250 localhost", await client.SayAsync("HELO test"));
        Assert.StartsWith("250 2.1.0", await client.SayAsync("MAIL FROM:<a@b.c>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailComesAfterHello()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.ConnectAsync(server);
        await client.ReplyAsync();

        Assert.StartsWith("503 5.5.1", await client.SayAsync("MAIL FROM:<a@b.c>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOOP", "250 2.0.0")]
    [InlineData("NOOP with words", "250 2.0.0")]
    [InlineData("RSET", "250 2.0.0")]
    [InlineData("VRFY susan", "252 2.1.5")]
    [InlineData("VRFY", "501 5.5.4")]
    [InlineData("HELP", "214 2.0.0")]
    [InlineData("EXPN list", "502 5.5.1")]
    [InlineData("STARTTLS", "502 5.5.1")]
    [InlineData("FOO", "500 5.5.2")]
    [InlineData("", "500 5.5.2")]
    [InlineData("EHLO", "501 5.5.4")]
    [InlineData("RCPT TO:<a@b.c>", "503 5.5.1")]
    [InlineData("DATA", "503 5.5.1")]
    [InlineData("MAIL FROM:<a@b.c>", "250 2.1.0")]
    [InlineData("mail from: <a@b.c>", "250 2.1.0")]
    [InlineData("MAIL FROM:<>", "250 2.1.0")]
    [InlineData("MAIL FROM:<@relay.example:a@b.c>", "250 2.1.0")]
    [InlineData("MAIL FROM:<\"a > b\"@b.c>", "250 2.1.0")]
    [InlineData("MAIL FROM:<a@b.c> SIZE=1000 BODY=8BITMIME AUTH=<>", "250 2.1.0")]
    [InlineData("MAIL FROM:<jörg@b.c> SMTPUTF8", "250 2.1.0")]
    [InlineData("MAIL FROM:<jörg@b.c>", "553 5.6.7")]
    [InlineData("MAIL FROM:<a@b.c> SIZE=1001", "552 5.3.4")]
    [InlineData("MAIL FROM:<a@b.c> SIZE=many", "555 5.5.4")]
    [InlineData("MAIL FROM:<a@b.c> RET=FULL", "555 5.5.4")]
    [InlineData("MAIL FROM:<a@b.c>SIZE=1", "501 5.5.4")]
    [InlineData("MAIL FROM:a@b.c", "501 5.5.4")]
    [InlineData("MAIL FROM:<a@b.c", "501 5.5.4")]
    [InlineData("MAIL FROM:<nobody>", "501 5.1.7")]
    [InlineData("MAIL FROM:<a b@b.c>", "501 5.1.7")]
    public async Task EachCommandHasItsReply(string command, string reply)
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith(reply, await client.SayAsync(command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT TO:<susan@example.com>", "250 2.1.5")]
    [InlineData("RCPT TO:<postmaster>", "250 2.1.5")]
    [InlineData("RCPT TO:<>", "501 5.1.3")]
    [InlineData("RCPT TO:<susan>", "501 5.1.3")]
    [InlineData("RCPT TO:<jörg@example.com>", "553 5.6.7")]
    [InlineData("RCPT TO:<susan@example.com> NOTIFY=NEVER", "555 5.5.4")]
    [InlineData("MAIL FROM:<again@b.c>", "503 5.5.1")]
    [InlineData("DATA", "503 5.5.1")]
    [InlineData("AUTH PLAIN AHUAcA==", "503 5.5.1")]
    public async Task EachCommandHasItsReplyWithinATransaction(string command, string reply)
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("MAIL FROM:<a@b.c>");

        Assert.StartsWith(reply, await client.SayAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMessageKeepsItsEnvelope()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("MAIL FROM:<a@b.c>");
        await client.SayAsync("RCPT TO:<one@example.com>");
        await client.SayAsync("RCPT TO:<two@example.com>");
        Assert.StartsWith("354 ", await client.SayAsync("DATA"), StringComparison.Ordinal);
        var reply = await client.SayAsync("Subject: hi\r\n\r\nHello\r\n.");

        var message = Assert.Single(server.Messages);
        Assert.Equal($"250 2.0.0 Ok: queued as {message.Id}", reply);
        Assert.Equal("a@b.c", message.Sender);
        Assert.Equal(["one@example.com", "two@example.com"], message.Recipients);
        Assert.Equal("Subject: hi\r\n\r\nHello\r\n", message.SourceText);
        Assert.Null(message.UserName);
    }

    [Fact]
    public async Task RsetForgetsTheTransaction()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("MAIL FROM:<a@b.c>");
        await client.SayAsync("RCPT TO:<one@example.com>");
        await client.SayAsync("RSET");

        Assert.StartsWith("503 ", await client.SayAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.MailAsync("two@example.com"), StringComparison.Ordinal);
        Assert.Equal(["two@example.com"], Assert.Single(server.Messages).Recipients);
    }

    [Fact]
    public async Task QuitClosesTheConnection()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.Equal("221 2.0.0 Bye", await client.SayAsync("QUIT"));
        Assert.Equal((false, ""), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task RecipientsAreBounded()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxRecipients = 1 }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("MAIL FROM:<a@b.c>");
        await client.SayAsync("RCPT TO:<one@example.com>");

        Assert.StartsWith("452 4.5.3", await client.SayAsync("RCPT TO:<two@example.com>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALineWithoutEndIsRefusedAndTheSessionGoesOn()
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("500 5.5.6", await client.SayAsync("NOOP " + new string('x', 200_000)), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOOP\n")]
    [InlineData("NOOP\rRSET\r\n")]
    [InlineData("NOOP\0\r\n")]
    public async Task ALineThatDoesNotEndProperlyIsNotObeyed(string raw)
    {
        await using var server = await MailboxServer.StartAsync(NoPage, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SendAsync(raw);

        Assert.StartsWith("500 5.5.2", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("214 ", await client.SayAsync("HELP"), StringComparison.Ordinal);
    }
}
