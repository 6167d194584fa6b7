using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class StoreTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheOldestGoesWhenThereAreTooMany()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxMessages = 2 }, Cancelled);
        await SendAsync(server, "one@example.com", "two@example.com", "three@example.com");

        Assert.Equal(["three@example.com", "two@example.com"], server.Messages.Select(message => message.Recipients[0]));
        Assert.Equal(3, server.MessagesAccepted);
    }

    [Fact]
    public async Task TheOldestGoesWhenTheyAreTooLarge()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null, MaxTotalBytes = 20_000 }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        foreach (var name in (string[])["one", "two", "three"])
        {
            await client.MailAsync($"{name}@example.com", new string('x', 7_000) + "\r\n");
        }

        Assert.Equal(["three@example.com", "two@example.com"], server.Messages.Select(message => message.Recipients[0]));
    }

    [Fact]
    public async Task AWaitFindsWhatIsThereAlready()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        await SendAsync(server, "one@example.com", "two@example.com");

        var message = await server.WaitForMessageAsync(each => each.Recipients.Contains("one@example.com"), TimeSpan.Zero, Cancelled);

        Assert.Equal(["one@example.com"], message.Recipients);
    }

    [Fact]
    public async Task AWaitFindsWhatComesLater()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        var waiting = server.WaitForMessageAsync(each => each.Recipients.Contains("two@example.com"), SmtpConversation.Patience, Cancelled);
        await SendAsync(server, "one@example.com");
        Assert.False(waiting.IsCompleted);
        await SendAsync(server, "two@example.com");

        Assert.Equal(["two@example.com"], (await waiting).Recipients);
    }

    [Fact]
    public async Task AWaitInVainTellsWhatIsThere()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        await SendAsync(server, "one@example.com");

        var exception = await Assert.ThrowsAsync<TimeoutException>(() =>
            server.WaitForMessageAsync(_ => false, TimeSpan.FromMilliseconds(10), Cancelled));

        Assert.Contains("'test' to one@example.com", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APredicateThatThrowsEndsTheWaitAndNotTheSession()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        var waiting = server.WaitForMessageAsync(_ => throw new InvalidOperationException("mine"), SmtpConversation.Patience, Cancelled);
        await SendAsync(server, "one@example.com");

        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).Message);
        Assert.Single(server.Messages);
    }

    private static async Task SendAsync(MailboxServer server, params string[] recipients)
    {
        using var client = await SmtpConversation.OpenAsync(server);
        foreach (var recipient in recipients) Assert.StartsWith("250 ", await client.MailAsync(recipient), StringComparison.Ordinal);
    }
}
