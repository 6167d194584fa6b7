using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Tests.Jobs;

public sealed class CancelTests(Servers servers) : JobsTest(servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AReadyJobThatWasCancelledNeverStarts(bool tracked)
    {
        var options = new EnqueueOptions { Tracked = tracked };
        var id = await App.Queue.EnqueueAsync(new Note("cancelled"), options, Cancellation);
        await App.Queue.EnqueueAsync(new Note("other"), options, Cancellation);
        Assert.Equal(tracked ? JobCancellation.Cancelled : JobCancellation.Requested, await App.Queue.Find(id).CancelAsync(Cancellation));

        await StartWorkerAsync();

        Assert.Equal("other", (await Runs.NextAsync()).Job.Text);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Cancelled));
        if (tracked)
            Assert.Equal(JobState.Cancelled, (await App.Queue.Find(id).GetStatusAsync(Cancellation))!.State);
    }

    [Fact]
    public async Task AJobCancelledBetweenItsHandOutAndItsStartDoesNotStart()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupsAsync();
        var id = await App.Queue.EnqueueAsync(new Note("late"), new EnqueueOptions { Tracked = true }, Cancellation);
        var job = Assert.Single((await worker.LookAsync(1, Enum.GetValues<JobPriority>())).Fetched.Jobs);

        Assert.Equal(JobCancellation.Cancelled, await App.Queue.Find(id).CancelAsync(Cancellation));

        Assert.Equal(StartReply.Cancelled, await worker.StartAsync(job, JobDirectives.None with { TrackedForMs = 60_000 }, 1));
        Assert.Equal(JobState.Cancelled, (await App.Queue.Find(id).GetStatusAsync(Cancellation))!.State);
    }

    [Fact]
    public async Task AJobThatIsKnownToWaitStaysCancelledForAsLongAsItsQueueMayBePaused()
    {
        var id = await App.Queue.EnqueueAsync(new Note("waits"), new EnqueueOptions { Tracked = true }, Cancellation);
        await App.Queue.Find(id).CancelAsync(Cancellation);

        var until = (double)await App.Redis.ExecuteAsync("ZSCORE", App.Keys().Cancelled, id.Value.ToString("N"));
        Assert.True(DateTimeOffset.FromUnixTimeMilliseconds((long)until) > TimeProvider.System.GetUtcNow().AddDays(300));
    }

    [Fact]
    public async Task AScheduledJobIsGoneAtOnce()
    {
        var id = await App.Queue.EnqueueAsync(new Note("never"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);
        Assert.Equal(JobCancellation.Cancelled, await App.Queue.Find(id).CancelAsync(Cancellation));
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        Assert.Equal(0, await App.Redis.HashLengthAsync(App.Keys().ScheduledJobs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARunningJobIsToldAndEndsAsCancelled(bool tracked)
    {
        Runs.Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token);
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("running"), new EnqueueOptions { Tracked = tracked }, Cancellation);
        await Runs.NextAsync();

        Assert.Equal(JobCancellation.Requested, await App.Queue.Find(id).CancelAsync(Cancellation));

        await WaitUntilSettledAsync();
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
        if (tracked)
            Assert.Equal(JobState.Cancelled, (await App.Queue.Find(id).WaitAsync(Cancellation)).State);
    }

    [Fact]
    public async Task AJobThatFailsWhileItIsCancelledIsNotRetried()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupsAsync();
        var id = await App.Queue.EnqueueAsync(new Note("failing"), cancellationToken: Cancellation);
        var gate = new TaskCompletionSource();
        // It pays no attention to its token, and fails by itself.
        Runs.Behaviour = async (_, _) =>
        {
            await gate.Task;
            throw new InvalidOperationException("late");
        };
        await StartWorkerAsync();
        await Runs.NextAsync();
        await App.Queue.Find(id).CancelAsync(Cancellation);
        gate.SetResult();
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task ASuccessCannotBeCancelledAnyMore()
    {
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("done"), new EnqueueOptions { Tracked = true }, Cancellation);
        await App.Queue.Find(id).WaitAsync(Cancellation);
        Assert.Equal(JobCancellation.TooLate, await App.Queue.Find(id).CancelAsync(Cancellation));
    }
}
