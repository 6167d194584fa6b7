using System.Text;
using Flasky.Mailbox;
using Flasky.Mailbox.Smtp;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class ContentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r.\r")]
    [InlineData("\r\n.\n")]
    [InlineData("\r\n.\r")]
    [InlineData("\r.\r\n")]
    [InlineData("\n\r.\r\n")]
    [InlineData("\r\n.\r\r\n")]
    [InlineData("\r\n\0.\r\n")]
    public async Task NoOtherSequenceEndsTheContent(string notTheEnd)
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var smuggled = $"Subject: one\r\n\r\nHello{notTheEnd}MAIL FROM:<evil@b.c>\r\nRCPT TO:<victim@b.c>\r\nDATA\r\nSubject: two\r\n";

        Assert.StartsWith("250 2.0.0", await client.MailAsync("susan@example.com", smuggled), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await client.SayAsync("NOOP"), StringComparison.Ordinal);

        var message = Assert.Single(server.Messages);
        Assert.Equal(["susan@example.com"], message.Recipients);
        Assert.Contains("MAIL FROM:<evil@b.c>", message.SourceText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DotStuffingIsUndone()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.MailAsync("a@example.com", "..first\r\nmid.dle\r\n..\r\n...three\r\n.x\r\n");

        Assert.Equal(".first\r\nmid.dle\r\n.\r\n..three\r\nx\r\n", Assert.Single(server.Messages).SourceText);
    }

    [Fact]
    public async Task AMessageMayBeEmpty()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.MailAsync("a@example.com", "");

        Assert.Equal(0, Assert.Single(server.Messages).Size);
    }

    [Theory]
    [InlineData("Hello\r\n..\r\nworld\r\n.\r\nNOOP", "Hello\r\n.\r\nworld\r\n")]
    [InlineData(".\r\n", "")]
    [InlineData("\r\r\n.\r\n", "\r\r\n")]
    [InlineData("a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n")]
    [InlineData("a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n")]
    public void ContentIsTheSameHoweverItIsCutUp(string stream, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes(stream);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                using var content = new ContentBuffer(1000, new ContentBudget(100_000));
                var scanner = new ContentScanner();
                var consumed = 0;
                foreach (var piece in new[] { 0..first, first..second, second..bytes.Length })
                {
                    if (scanner.Scan(bytes.AsSpan()[piece], content, out var count)) break;
                    consumed += count;
                }
                Assert.Equal(expected, Encoding.ASCII.GetString(content.ToArray()));
                Assert.True(consumed <= stream.LastIndexOf(".\r\n", StringComparison.Ordinal) + 3);
            }
        }
    }

    [Fact]
    public async Task LinesMayBeAsLongAsTheMessage()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var content = new string('x', 5_000_000) + "\r\n";
        await client.MailAsync("a@example.com", content);

        Assert.Equal(content, Assert.Single(server.Messages).SourceText);
    }

    [Fact]
    public async Task EightBitContentIsKeptAsItIs()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("MAIL FROM:<a@b.c> BODY=8BITMIME");
        await client.SayAsync("RCPT TO:<a@example.com>");
        await client.SayAsync("DATA");
        byte[] content = [.. Enumerable.Range(0, 256).Select(value => (byte)value), .. "\r\n"u8];
        await client.SendAsync(content);
        await client.SayAsync(".");

        Assert.Equal(content, Assert.Single(server.Messages).Source.ToArray());
    }

    [Fact]
    public async Task AMessageThatIsTooLargeIsRefusedAndTheSessionGoesOn()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxMessageBytes = 1000 }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("552 5.3.4", await client.MailAsync("a@example.com", new string('x', 999) + "\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await client.MailAsync("a@example.com", new string('x', 998) + "\r\n"), StringComparison.Ordinal);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task MessagesUnderWayAreBoundedTogether()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxTotalBytes = 300_000 }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("452 4.3.1", await client.MailAsync("a@example.com", new string('x', 400_000) + "\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await client.MailAsync("a@example.com", new string('x', 50_000) + "\r\n"), StringComparison.Ordinal);
    }
}
