using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class RetryTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task RunsAFailedJobAgainAndCountsItsAttempts()
    {
        Runs.Behaviour = (run, _) => run.Context.Attempt < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("try"), cancellationToken: Cancellation);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var run = await Runs.NextAsync();
            Assert.Equal((id, attempt, 1), (run.Context.Id, run.Context.Attempt, run.Context.Delivery));
        }
        await WaitUntilSettledAsync();
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
    }

    [Fact]
    public async Task KeepsAJobAsDeadWhenItsAttemptsAreUsedUp()
    {
        Runs.Behaviour = (_, _) => throw new InvalidOperationException("never");
        await StartWorkerAsync(options => options.MaxAttempts = 2);
        var id = await App.Queue.EnqueueAsync(new Note("doomed"), cancellationToken: Cancellation);

        await Runs.NextAsync();
        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        Assert.True(Runs.NoneLeft);
        await AssertDeadAsync(id.Value, "never");
    }

    [Fact]
    public async Task NeverRunsADiscardedJobAgain()
    {
        Runs.Behaviour = (_, _) => throw new JobDiscardedException("no such user");
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("pointless"), cancellationToken: Cancellation);

        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        Assert.True(Runs.NoneLeft);
        await AssertDeadAsync(id.Value, "Discarded: no such user");
    }

    [Fact]
    public async Task KeepsAJobWithoutAHandlerAsDeadInsteadOfDroppingIt()
    {
        await StartWorkerAsync();
        var envelope = App.Queue.Create(new Note("x")) with { Name = "System.Diagnostics.Process" };
        await App.Queue.SendAsync([envelope], Cancellation);
        await WaitUntilSettledAsync();
        await AssertDeadAsync(envelope.Id.Value, "no handler for the job 'System.Diagnostics.Process'");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"text\":{}}")]
    public async Task KeepsAJobWithUnreadableArgumentsAsDead(string arguments)
    {
        await StartWorkerAsync();
        var envelope = App.Queue.Create(new Note("x")) with { Arguments = arguments };
        await App.Queue.SendAsync([envelope], Cancellation);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
        await AssertDeadAsync(envelope.Id.Value, "test.note");
    }

    [Fact]
    public async Task KeepsNoMoreDeadJobsThanConfigured()
    {
        Runs.Behaviour = (_, _) => throw new JobDiscardedException("no");
        await StartWorkerAsync(options => options.DeadCapacity = 3);
        for (var i = 0; i < 6; i++)
            await App.Queue.EnqueueAsync(new Note($"{i}"), cancellationToken: Cancellation);
        for (var i = 0; i < 6; i++)
            await Runs.NextAsync();
        await WaitUntilSettledAsync();

        Assert.Equal(3, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
        Assert.Equal(3, await App.Redis.HashLengthAsync(App.Keys().DeadJobs));
    }

    private async Task AssertDeadAsync(Guid id, string reason)
    {
        var member = id.ToString("N");
        Assert.NotNull(await App.Redis.SortedSetScoreAsync(App.Keys().Dead, member));
        var packed = (byte[])(await App.Redis.HashGetAsync(App.Keys().DeadJobs, member))!;
        Assert.Contains(reason, System.Text.Encoding.UTF8.GetString(packed), StringComparison.Ordinal);
    }
}
