using Flasky.Jobs;
using Flasky.Mailbox;
using Flasky.Worker.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Flasky.Tests.Worker;

public sealed class MailSenderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMessageArrivesAsComposed()
    {
        await using var host = await MailHost.StartAsync();
        var job = MailHost.Job();
        using var message = host.Message("Confirm", job: job);
        await host.Sender.SendAsync(message, Token);
        var received = Assert.Single(host.Mailbox.Messages);
        Assert.Equal("[Flasky] Confirm", received.Subject);
        Assert.Equal($"{job.Id.Value:N}.mail@xn--bcher-kva.example", received.MessageId);
        Assert.Equal(MailHost.CreatedAt, received.Date);
        Assert.Equal(["susan@example.com"], received.Recipients);
        Assert.Equal("Hello", received.Text.TrimEnd());
        Assert.Equal("<p>Hello</p>", received.Html.TrimEnd());
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task ARefusalForGoodDiscardsTheJobAndNamesNoAddress(SmtpStage stage)
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(stage).Reply(550, "5.1.1 <Susan@Example.com>: unknown here");
        var failure = await Assert.ThrowsAsync<JobDiscardedException>(() => host.SendAsync());
        Assert.Contains("550 5.1.1 <(address)>: unknown here", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("susan@", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task ARefusalForNowAsksForARetry(SmtpStage stage)
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(stage).Times(1).Reply(451, "4.3.0 later");
        await Assert.ThrowsAsync<MailDeferredException>(() => host.SendAsync());
        await host.SendAsync();
        Assert.Single(host.Mailbox.Messages);
    }

    [Theory]
    [InlineData(SmtpStage.Connect)]
    [InlineData(SmtpStage.Hello)]
    public async Task AServerThatTurnsConnectionsAwayIsNoReasonToDiscardTheJob(SmtpStage stage)
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(stage).Reply(554, "5.3.2 no service");
        await Assert.ThrowsAsync<SmtpCommandException>(() => host.SendAsync());
    }

    [Fact]
    public async Task AWrongPasswordIsNoReasonToDiscardTheJob()
    {
        await using var host = await MailHost.StartAsync(
            mailbox: new MailboxOptions { HttpPort = null, UserName = "flasky", Password = "right" }, login: "flasky:wrong@");
        await Assert.ThrowsAsync<AuthenticationException>(() => host.SendAsync());
    }

    [Fact]
    public async Task TheRightPasswordIsUsed()
    {
        await using var host = await MailHost.StartAsync(
            mailbox: new MailboxOptions { HttpPort = null, UserName = "flasky", Password = "r:g@t" }, login: "flasky:r%3Ag%40t@");
        await host.SendAsync();
        Assert.Equal("flasky", Assert.Single(host.Mailbox.Messages).UserName);
    }

    [Fact]
    public async Task AConnectionLostBehindTheContentIsNotTriedAgainHere()
    {
        await using var host = await MailHost.StartAsync();
        await host.SendAsync("first");
        using var fault = host.Mailbox.Faults.At(SmtpStage.Accepted).Drop();
        await Assert.ThrowsAsync<SmtpProtocolException>(() => host.SendAsync("second"));
        Assert.Equal(1, fault.Hits);
        Assert.Equal(2, host.Mailbox.MessagesAccepted);
    }

    [Fact]
    public async Task AServerThatIsAwayIsNoReasonToDiscardTheJob()
    {
        await using var host = await MailHost.StartAsync();
        await host.Mailbox.DisposeAsync();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => host.SendAsync());
    }

    [Fact]
    public async Task CancellingEndsTheSendBeforeTheContent()
    {
        await using var host = await MailHost.StartAsync();
        using var gate = host.Mailbox.Faults.At(SmtpStage.Data).Hold();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var message = host.Message();
        var sending = host.Sender.SendAsync(message, cancel.Token);
        await gate.WaitForHeldAsync(Patience, cancellationToken: Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        gate.Release();
        await host.SendAsync("next");
        Assert.Equal("[Flasky] next", Assert.Single(host.Mailbox.Messages).Subject);
    }

    [Theory]
    [InlineData(SmtpStage.EndOfData)]
    [InlineData(SmtpStage.Accepted)]
    public async Task CancellingDoesNotEndTheSendOnceTheContentIsOut(SmtpStage stage)
    {
        await using var host = await MailHost.StartAsync();
        using var gate = host.Mailbox.Faults.At(stage).Hold();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var message = host.Message();
        var sending = host.Sender.SendAsync(message, cancel.Token);
        await gate.WaitForHeldAsync(Patience, cancellationToken: Token);
        await cancel.CancelAsync();
        Assert.False(sending.IsCompleted);
        gate.Release();
        await sending.WaitAsync(Patience, Token);
        Assert.Single(host.Mailbox.Messages);
    }
}
