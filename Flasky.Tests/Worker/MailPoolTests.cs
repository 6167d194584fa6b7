using Flasky.Mailbox;
using MailKit.Net.Smtp;

namespace Flasky.Tests.Worker;

public sealed class MailPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessagesShareAConnection()
    {
        await using var host = await MailHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await host.SendAsync();
        }
        Assert.Equal(5, Assert.Single(host.Mailbox.Sessions).MessagesKept);
    }

    [Fact]
    public async Task ConcurrentMessagesUseNoMoreConnectionsThanAllowed()
    {
        await using var host = await MailHost.StartAsync(settings: ("Flasky:Smtp:MaxConnections", "3"));
        using var gate = host.Mailbox.Faults.At(SmtpStage.EndOfData).Hold();
        var sends = Enumerable.Range(0, 10).Select(_ => host.SendAsync()).ToArray();
        await gate.WaitForHitsAsync(3, Patience, Token);
        Assert.Equal(3, host.Mailbox.Sessions.Count);
        gate.Release();
        await Task.WhenAll(sends);
        Assert.Equal(10, host.Mailbox.MessagesAccepted);
        Assert.InRange(host.Mailbox.Sessions.Count, 1, 3);
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.Data)]
    public async Task AMessageWhoseOldConnectionWasLostGoesOverANewOne(SmtpStage stage)
    {
        await using var host = await MailHost.StartAsync();
        await host.SendAsync("first");
        using var fault = host.Mailbox.Faults.At(stage).When(s => s.MessagesKept == 1).Drop();
        await host.SendAsync("second");
        Assert.Equal(1, fault.Hits);
        Assert.Equal(["[Flasky] second", "[Flasky] first"], host.Mailbox.Messages.Select(m => m.Subject));
    }

    [Fact]
    public async Task AGoodbyeOfTheServerIsALostConnection()
    {
        await using var host = await MailHost.StartAsync();
        await host.SendAsync("first");
        using var fault = host.Mailbox.Faults.At(SmtpStage.Mail).When(s => s.MessagesKept == 1).Reply(421, "4.4.2 idle for too long");
        await host.SendAsync("second");
        Assert.Equal(2, host.Mailbox.MessagesAccepted);
    }

    [Fact]
    public async Task ANewConnectionThatIsLostIsAFailure()
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(SmtpStage.Mail).Drop();
        await Assert.ThrowsAsync<SmtpProtocolException>(() => host.SendAsync());
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task ARefusedMessageLeavesTheConnectionInUse()
    {
        await using var host = await MailHost.StartAsync();
        await host.SendAsync();
        var session = Assert.Single(host.Mailbox.Sessions).Id;
        using (host.Mailbox.Faults.At(SmtpStage.Rcpt).Times(1).Reply(550, "5.1.1 no"))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => host.SendAsync());
        }
        await host.SendAsync();
        Assert.Equal(session, Assert.Single(host.Mailbox.Sessions).Id);
    }

    [Fact]
    public async Task IdleConnectionsAreClosedWithAGoodbye()
    {
        var clock = new Clock();
        await using var host = await MailHost.StartAsync(clock);
        await host.SendAsync();
        clock.Advance(TimeSpan.FromSeconds(29));
        await host.Pool.CloseStaleAsync();
        Assert.Single(host.Mailbox.Sessions);

        clock.Advance(TimeSpan.FromSeconds(1));
        using var goodbye = host.Mailbox.Faults.At(SmtpStage.Quit).Delay(TimeSpan.Zero);
        await host.Pool.CloseStaleAsync();
        Assert.Equal(1, goodbye.Hits);
    }

    [Fact]
    public async Task AnIdleConnectionIsNotUsedAnyMore()
    {
        var clock = new Clock();
        await using var host = await MailHost.StartAsync(clock);
        await host.SendAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        using var second = host.Mailbox.Faults.At(SmtpStage.Mail).When(s => s.MessagesKept == 0).Delay(TimeSpan.Zero);
        await host.SendAsync();
        Assert.Equal(1, second.Hits);
    }

    [Fact]
    public async Task StoppingSaysGoodbye()
    {
        var host = await MailHost.StartAsync();
        using var goodbye = host.Mailbox.Faults.At(SmtpStage.Quit).Delay(TimeSpan.Zero);
        await host.SendAsync();
        await host.DisposeAsync();
        Assert.Equal(1, goodbye.Hits);
    }

    [Fact]
    public async Task AServerThatAnswersNothingIsGivenUpInTime()
    {
        await using var host = await MailHost.StartAsync(settings: ("Flasky:Smtp:Timeout", "00:00:00.2"));
        using var gate = host.Mailbox.Faults.At(SmtpStage.EndOfData).Hold();
        await Assert.ThrowsAsync<TimeoutException>(() => host.SendAsync());
    }

    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        internal void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
    }
}
