using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class PipeliningTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommandsSentTogetherAreAnsweredTogether()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SendAsync("MAIL FROM:<a@b.c>\r\nRCPT TO:<one@example.com>\r\nRCPT TO:<bad>\r\nDATA\r\n");

        var replies = (await client.ReceiveOnceAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["250", "250", "501", "354"], replies.Select(reply => reply[..3]));
    }

    [Fact]
    public async Task WholeMessagesMayFollowEachOtherWithoutAPause()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var script = string.Concat(Enumerable.Range(1, 100).Select(number =>
            $"MAIL FROM:<a@b.c>\r\nRCPT TO:<reader{number}@example.com>\r\nDATA\r\nSubject: {number}\r\n\r\n..\r\n.\r\n"));
        await client.SendAsync(script + "QUIT\r\n");

        var (_, replies) = await client.ReadToEndAsync();

        Assert.Equal(401, replies.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(
            Enumerable.Range(1, 100).Reverse().Select(number => $"reader{number}@example.com"),
            server.Messages.Select(message => Assert.Single(message.Recipients)));
    }

    [Fact]
    public async Task AConversationMayArriveByteByByte()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        foreach (var character in "MAIL FROM:<a@b.c>\r\nRCPT TO:<a@example.com>\r\nDATA\r\n..\r\n.\r\nQUIT\r\n") await client.SendAsync(character.ToString());

        await client.ReadToEndAsync();

        Assert.Equal(".\r\n", Assert.Single(server.Messages).SourceText);
    }

    [Fact]
    public async Task ThousandsOfConnectionsAreServedAtOnce()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxMessages = 2000 }, Cancelled);
        var clients = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => SmtpConversation.OpenAsync(server)));
        try
        {
            Assert.Equal(2000, server.Sessions.Count);
            var replies = await Task.WhenAll(clients.Select((client, number) => client.MailAsync($"reader{number}@example.com")));

            Assert.All(replies, reply => Assert.StartsWith("250 2.0.0", reply, StringComparison.Ordinal));
            Assert.Equal(2000, server.Messages.SelectMany(message => message.Recipients).Distinct().Count());
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }
}
