using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Operations;

public sealed class DeadJobTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task ARetriedJobBeginsAnewWithItsHistory()
    {
        var failing = new Runs { Behaviour = (_, _) => throw new InvalidOperationException("broken") };
        var worker = await StartWorkerAsync(options => options.MaxAttempts = 2, runs: failing);
        var id = await App.Queue.EnqueueAsync(new Note("again"), new EnqueueOptions { Tracked = true }, Cancellation);
        await App.AssertDeadAsync(id, "broken");
        await worker.StopAsync(Cancellation);

        Assert.Equal(new JobRetries(1, 0), await Operations.RetryAsync(id, Cancellation));
        Assert.Equal(new JobRetries(0, 0), await Operations.RetryAsync(id, Cancellation));
        Assert.Equal(JobState.Ready, (await App.Queue.Find(id).GetStatusAsync(Cancellation))!.State);
        await StartWorkerAsync();

        Assert.Equal(1, (await Runs.NextAsync()).Context.Attempt);
        var end = await App.Queue.Find(id).WaitAsync(Cancellation);
        Assert.Equal(JobState.Succeeded, end.State);
        Assert.Contains(end.History, entry => entry.State == JobState.Failed);
        Assert.Equal(0, await App.Redis.HashLengthAsync(App.Keys().DeadJobs));
    }

    [Fact]
    public async Task AScheduledJobRunsNow()
    {
        await StartWorkerAsync(options => options.PollInterval = TimeSpan.FromMinutes(1));
        await App.WaitUntilIdleAsync();
        var id = await App.Queue.EnqueueAsync(new Note("sooner"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);
        Assert.Equal(new JobRetries(1, 0), await Operations.RetryAsync(id, Cancellation));
        Assert.Equal("sooner", (await Runs.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task ManyAreRetriedByAFilterAndOnesThatDieAgainOnlyOnce()
    {
        await EnqueueDeadAsync([.. Enumerable.Range(0, 300).Select(i => $"even {i % 2 == 0}")]);
        var doomed = new Runs { Behaviour = (_, _) => throw new JobDiscardedException("still broken") };
        await StartWorkerAsync(runs: doomed);

        Assert.Equal(new JobRetries(150, 0), await Operations.RetryDeadAsync(Queue, new JobFilter { ArgumentText = "even True" }, Cancellation));
        await WaitForAsync(now => now.Dead == 300 && now.IsDrained);
        Assert.Equal(150, (await ListAllAsync(new JobQuery { State = JobState.Failed, Filter = new JobFilter { ErrorText = "still broken" } })).Count);
    }

    [Fact]
    public async Task AJobWhoseUniqueKeyIsTakenStaysDead()
    {
        var options = new EnqueueOptions { Unique = new JobUnique { Key = "only" } };
        var dead = (await EnqueueDeadAsync(["old"], options))[0];
        var live = await App.Queue.EnqueueAsync(new Note("new"), options, Cancellation);
        Assert.NotEqual(dead, live);

        Assert.Equal(new JobRetries(0, 1), await Operations.RetryAsync(dead, Cancellation));
        Assert.Equal(1, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Dead);
        await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation);
        Assert.Equal(new JobRetries(1, 0), await Operations.RetryAsync(dead, Cancellation));
        // It has its key again.
        Assert.Equal(dead, await App.Queue.EnqueueAsync(new Note("newer"), options, Cancellation));
    }

    [Fact]
    public async Task DeletedJobsLeaveNothing()
    {
        var ids = await EnqueueDeadAsync(["a", "b", "c"], new EnqueueOptions { Tracked = true });
        Assert.True(await Operations.DeleteDeadAsync(ids[0], Cancellation));
        Assert.False(await Operations.DeleteDeadAsync(ids[0], Cancellation));
        Assert.Null(await Operations.FindAsync(ids[0], Cancellation));
        Assert.Equal(1, await Operations.DeleteDeadAsync(Queue, new JobFilter { ErrorText = "no use for b" }, Cancellation));
        Assert.Equal(1, await Operations.DeleteDeadAsync(Queue, cancellationToken: Cancellation));
        Assert.Equal((0, 0), (await App.Redis.SortedSetLengthAsync(App.Keys().Dead), await App.Redis.HashLengthAsync(App.Keys().DeadJobs)));
        Assert.DoesNotContain(await App.FindKeysAsync(), key => ((string)key!).Contains(":job:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TrimmingKeepsTheNewestAndIsCounted()
    {
        var ids = await EnqueueDeadAsync([.. Enumerable.Range(0, 300).Select(i => $"{i}")]);
        Assert.Equal(0, await Operations.TrimDeadAsync(Queue, null, TimeSpan.FromHours(1), Cancellation));
        Assert.Equal(290, await Operations.TrimDeadAsync(Queue, 10, cancellationToken: Cancellation));

        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((10, 290), (now.Dead, now.DeadTrimmed));
        Assert.Equal(10, await App.Redis.HashLengthAsync(App.Keys().DeadJobs));
        Assert.NotNull(await App.Redis.KeyTimeToLiveAsync(App.Keys().DeadTrimmed));
        Assert.Contains(await ListAllAsync(new JobQuery { State = JobState.Failed }), job => job.Id == ids[^1]);
        Assert.Equal(10, await Operations.TrimDeadAsync(Queue, null, TimeSpan.Zero, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Operations.TrimDeadAsync(Queue, null, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task WorkersKeepNoMoreThanTheCapacityAndCountTheRest()
    {
        Runs.Behaviour = (run, _) => throw new JobDiscardedException(run.Job.Text);
        await StartWorkerAsync(options => options.DeadCapacity = 2);
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 6).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var now = await WaitForAsync(now => now.Dead + now.DeadTrimmed == 6);
        Assert.Equal(2, now.Dead);
    }
}
