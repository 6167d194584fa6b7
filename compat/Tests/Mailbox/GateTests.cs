using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class GateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpStage.Connect, 0)]
    [InlineData(SmtpStage.Mail, 0)]
    [InlineData(SmtpStage.Rcpt, 0)]
    [InlineData(SmtpStage.Data, 0)]
    [InlineData(SmtpStage.Content, 0)]
    [InlineData(SmtpStage.EndOfData, 0)]
    [InlineData(SmtpStage.Accepted, 1)]
    public async Task AGateHoldsASessionUntilItIsReleased(SmtpStage stage, int keptMeanwhile)
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        var gate = server.Faults.At(stage).Hold();
        var sending = SendAsync(server);

        var held = await gate.WaitForHeldAsync(SmtpConversation.Patience, cancellationToken: Cancelled);

        Assert.Equal(stage, held.Stage);
        Assert.Equal(keptMeanwhile, server.Messages.Count);
        Assert.False(sending.IsCompleted);
        gate.Release();
        Assert.StartsWith("250 2.0.0", await sending, StringComparison.Ordinal);
        Assert.Empty(gate.Held);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task ATestFindsTheClientThatIsInTheMiddleOfASend()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var bystander = await SmtpConversation.OpenAsync(server);
        using var client = await SmtpConversation.OpenAsync(server);
        using var gate = server.Faults.At(SmtpStage.EndOfData).To("susan@example.com").Hold();
        var sending = client.MailAsync("susan@example.com");

        var session = await server.WaitForSessionAsync(
            info => info.Stage == SmtpStage.EndOfData, SmtpConversation.Patience, Cancelled);

        Assert.Equal(client.LocalPort, session.RemotePort);
        Assert.Equal("test", session.ClientName);
        Assert.Equal("sender@example.com", session.Sender);
        Assert.Equal(["susan@example.com"], session.Recipients);
        Assert.Equal("test", session.Message?.Subject);
        Assert.Equal([SmtpStage.Idle, SmtpStage.EndOfData], server.Sessions.Select(info => info.Stage));
        gate.Release();
        await sending;
    }

    [Fact]
    public async Task AClientThatGoesAwayLeavesTheGateAndNoMessage()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        var gate = server.Faults.At(SmtpStage.EndOfData).Hold();
        var client = await SmtpConversation.OpenAsync(server);
        await client.SendAsync("MAIL FROM:<a@b.c>\r\nRCPT TO:<gone@example.com>\r\nDATA\r\n.\r\n");
        await gate.WaitForHeldAsync(SmtpConversation.Patience, cancellationToken: Cancelled);
        client.Dispose();

        await server.WaitForNoSessionAsync(SmtpConversation.Patience, Cancelled);

        gate.Release();
        using var other = await SmtpConversation.OpenAsync(server);
        await other.MailAsync("here@example.com");
        Assert.Equal(["here@example.com"], Assert.Single(server.Messages).Recipients);
    }

    [Fact]
    public async Task AGateHoldsOnlyThoseItIsFor()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var gate = server.Faults.At(SmtpStage.EndOfData).To("held@example.com").Times(1).Hold();
        using var first = await SmtpConversation.OpenAsync(server);
        var held = first.MailAsync("held@example.com");
        await gate.WaitForHitsAsync(1, SmtpConversation.Patience, Cancelled);

        Assert.StartsWith("250 ", await SendAsync(server), StringComparison.Ordinal);
        using var second = await SmtpConversation.OpenAsync(server);
        Assert.StartsWith("250 ", await second.MailAsync("held@example.com"), StringComparison.Ordinal);
        gate.Release();
        await held;
    }

    private static async Task<string> SendAsync(MailboxServer server)
    {
        using var client = await SmtpConversation.OpenAsync(server);
        return await client.MailAsync("a@example.com");
    }
}
