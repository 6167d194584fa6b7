using System.Net.Sockets;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class LifetimeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStoppingServerSaysSo()
    {
        var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var idle = await SmtpConversation.OpenAsync(server);
        using var busy = await SmtpConversation.OpenAsync(server);
        await busy.SendAsync("MAIL FROM:<a@b.c>\r\nRCPT TO:<a@example.com>\r\nDATA\r\nSubject: half");
        await server.WaitForSessionAsync(info => info.Stage == SmtpStage.Content, SmtpConversation.Patience, Cancelled);

        await server.DisposeAsync();

        Assert.Equal((false, "421 4.3.2 The server is stopping\r\n"), await idle.ReadToEndAsync());
        Assert.EndsWith("421 4.3.2 The server is stopping\r\n", (await busy.ReadToEndAsync()).Text, StringComparison.Ordinal);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task AStoppingServerDoesNotWaitForAGate()
    {
        var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        var gate = server.Faults.At(SmtpStage.Noop).Hold();
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SendAsync("NOOP\r\n");
        await gate.WaitForHeldAsync(SmtpConversation.Patience, cancellationToken: Cancelled);

        await server.DisposeAsync().AsTask().WaitAsync(SmtpConversation.Patience, Cancelled);

        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task AnIdleClientIsSentAway()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, IdleTimeout = TimeSpan.FromMilliseconds(100) }, Cancelled);
        using var client = await SmtpConversation.ConnectAsync(server);

        Assert.Equal((false, "220 localhost ESMTP Flasky mailbox\r\n421 4.4.2 Waited too long\r\n"), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task AHeldSessionIsNotIdle()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, IdleTimeout = TimeSpan.FromMilliseconds(100) }, Cancelled);
        using var delay = server.Faults.At(SmtpStage.Connect).Delay(TimeSpan.FromMilliseconds(500));
        using var client = await SmtpConversation.ConnectAsync(server);

        Assert.StartsWith("220 ", await client.ReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientThatDoesNotReadIsCutOff()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, IdleTimeout = TimeSpan.FromMilliseconds(200) }, Cancelled);
        using var client = await SmtpConversation.ConnectAsync(server);
        var commands = string.Concat(Enumerable.Repeat("HELP\r\n", 100_000));

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (true) await client.SendAsync(commands);
        });
        await server.WaitForNoSessionAsync(SmtpConversation.Patience, Cancelled);
    }

    [Fact]
    public async Task APortInUseIsNamed()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);

        var exception = await Assert.ThrowsAsync<IOException>(() =>
            MailboxServer.StartAsync(new() { SmtpPort = server.SmtpPort, HttpPort = null }, Cancelled));

        Assert.Contains($":{server.SmtpPort}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("already in use", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOptionOutOfRangeIsNamed()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => MailboxServer.StartAsync(new() { MaxMessages = 0 }, Cancelled));

        Assert.Contains("MaxMessages", exception.Message, StringComparison.Ordinal);
    }
}
