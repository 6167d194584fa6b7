using System.Diagnostics;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class FaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpStage.Hello, "EHLO again")]
    [InlineData(SmtpStage.Auth, "AUTH PLAIN AHUAcA==")]
    [InlineData(SmtpStage.Mail, "MAIL FROM:<a@b.c>")]
    [InlineData(SmtpStage.Rset, "RSET")]
    [InlineData(SmtpStage.Noop, "NOOP")]
    [InlineData(SmtpStage.Vrfy, "VRFY susan")]
    [InlineData(SmtpStage.Help, "HELP")]
    public async Task AReplyTakesTheCommandsPlace(SmtpStage stage, string command)
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(stage).Times(1).Reply(451, "4.3.0 Later");

        Assert.Equal("451 4.3.0 Later", await client.SayAsync(command));
        if (stage == SmtpStage.Hello) await client.SayAsync(command);
        Assert.StartsWith("250 2.0.0", await client.MailAsync("a@example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusedRecipientIsNotInTheEnvelope()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Rcpt).To("Full@example.com").Reply(552, "5.2.2 Mailbox full");
        await client.SayAsync("MAIL FROM:<a@b.c>");

        Assert.Equal("552 5.2.2 Mailbox full", await client.SayAsync("RCPT TO:<full@example.com>"));
        Assert.StartsWith("250 ", await client.SayAsync("RCPT TO:<other@example.com>"), StringComparison.Ordinal);
        await client.SayAsync("DATA");
        await client.SayAsync(".");
        Assert.Equal(["other@example.com"], Assert.Single(server.Messages).Recipients);
    }

    [Theory]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task AReplyBeforeTheMessageIsKeptRefusesIt(SmtpStage stage)
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var fault = server.Faults.At(stage).To("a@example.com").Times(1).Reply(554, "5.7.1 Spam");

        Assert.Equal("554 5.7.1 Spam", await client.MailAsync("a@example.com"));
        Assert.Empty(server.Messages);
        Assert.Equal(1, fault.Hits);
        await client.SayAsync("RSET");
        Assert.StartsWith("250 ", await client.MailAsync("a@example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReplyAfterwardsMakesTheClientBelieveItFailed()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Accepted).Reply(451, "4.3.0 Lost my mind");

        Assert.Equal("451 4.3.0 Lost my mind", await client.MailAsync("a@example.com"));
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task AReplyInsteadOfTheGreetingEndsTheSession()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        server.Faults.At(SmtpStage.Connect).Reply(554, "5.3.2 No service");
        using var client = await SmtpConversation.ConnectAsync(server);

        Assert.Equal((false, "554 5.3.2 No service\r\n"), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task AReplyOf421EndsTheSession()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Mail).Reply(421, "4.3.2 Shutting down");
        await client.SendAsync("MAIL FROM:<a@b.c>\r\n");

        Assert.Equal((false, "421 4.3.2 Shutting down\r\n"), await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData(SmtpStage.Connect, 0)]
    [InlineData(SmtpStage.Hello, 0)]
    [InlineData(SmtpStage.Mail, 0)]
    [InlineData(SmtpStage.Rcpt, 0)]
    [InlineData(SmtpStage.Data, 0)]
    [InlineData(SmtpStage.Content, 0)]
    [InlineData(SmtpStage.EndOfData, 0)]
    [InlineData(SmtpStage.Accepted, 1)]
    public async Task ADroppedConnectionLeavesWhatWasKept(SmtpStage stage, int kept)
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        server.Faults.At(stage).Drop();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var client = await SmtpConversation.OpenAsync(server);
            await client.MailAsync("a@example.com");
        });

        Assert.Equal(kept, server.Messages.Count);
    }

    [Fact]
    public async Task AResetReachesTheClientAsOne()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Noop).Reset();
        await client.SendAsync("NOOP\r\n");

        Assert.Equal((true, ""), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task TheConnectionMayDropInTheMiddleOfTheContent()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Content).Drop();
        await client.SayAsync("MAIL FROM:<a@b.c>");
        await client.SayAsync("RCPT TO:<a@example.com>");
        Assert.StartsWith("354 ", await client.SayAsync("DATA"), StringComparison.Ordinal);
        await client.SendAsync("Subject: cut");

        Assert.Equal("", (await client.ReadToEndAsync()).Text);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task ADelayHoldsTheReplyBack()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Noop).Delay(TimeSpan.FromMilliseconds(300));
        var start = Stopwatch.GetTimestamp();

        Assert.StartsWith("250 ", await client.SayAsync("NOOP"), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(250), SmtpConversation.Patience);
    }

    [Fact]
    public async Task FaultsApplyInTheirOrderUntilOneEndsTheStage()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var delay = server.Faults.At(SmtpStage.Noop).Delay(TimeSpan.FromMilliseconds(1));
        server.Faults.At(SmtpStage.Noop).Reply(450, "4.0.0 First");
        var second = server.Faults.At(SmtpStage.Noop).Reply(450, "4.0.0 Second");

        Assert.Equal("450 4.0.0 First", await client.SayAsync("NOOP"));
        Assert.Equal((1, 0), (delay.Hits, second.Hits));
        server.Faults.Clear();
        Assert.StartsWith("250 ", await client.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFaultMayApplyAtTheNthTimeOnly()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Noop).Nth(3).Reply(450, "4.0.0 Third");

        Assert.Equal(["250", "250", "450", "250"], await CodesAsync(client, 4));
    }

    [Fact]
    public async Task AFaultMayApplyToTheNextFewAfterSome()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Noop).Skip(1).Times(2).Reply(450, "4.0.0 No");

        Assert.Equal(["250", "450", "450", "250"], await CodesAsync(client, 4));
    }

    [Fact]
    public async Task ASeedMakesChanceRepeatable()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        var runs = new List<string[]>();
        for (var run = 0; run < 2; run++)
        {
            server.Faults.Clear();
            server.Faults.At(SmtpStage.Noop).WithProbability(0.5, seed: 42).Reply(450, "4.0.0 Bad luck");
            runs.Add(await CodesAsync(client, 40));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.InRange(runs[0].Count(code => code == "450"), 5, 35);
    }

    [Fact]
    public async Task AFaultMayLookAtTheSenderOrTheMessage()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        server.Faults.At(SmtpStage.Mail).From("bad@example.com").Reply(550, "5.7.1 No");
        server.Faults.At(SmtpStage.EndOfData).When(info => info.Message!.Subject == "spam").Reply(554, "5.7.1 Spam");

        Assert.Equal("550 5.7.1 No", await client.MailAsync("a@example.com", sender: "bad@example.com"));
        Assert.Equal("554 5.7.1 Spam", await client.MailAsync("a@example.com", "Subject: spam\r\n\r\n"));
        Assert.StartsWith("250 ", await client.MailAsync("a@example.com"), StringComparison.Ordinal);
    }

    private static async Task<string[]> CodesAsync(SmtpConversation client, int count)
    {
        var codes = new string[count];
        for (var i = 0; i < count; i++) codes[i] = (await client.SayAsync("NOOP"))[..3];
        return codes;
    }
}
