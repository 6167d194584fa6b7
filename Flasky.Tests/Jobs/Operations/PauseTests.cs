using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Operations;

public sealed class PauseTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task APausedQueueHandsNothingOutUntilItIsResumed()
    {
        await StartWorkerAsync(options => options.PollInterval = TimeSpan.FromMinutes(1));
        await App.WaitUntilIdleAsync();
        Assert.True(await Operations.PauseAsync(Queue, Cancellation));
        Assert.False(await Operations.PauseAsync(Queue, Cancellation));
        await App.Queue.EnqueueAsync(new Note("later"), cancellationToken: Cancellation);
        // The bell woke it for that, it looked, and is idle again.
        await App.WaitUntilIdleAsync();

        var paused = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((true, 1), (paused.IsPaused, paused.Ready));
        Assert.NotNull(paused.PausedAt);
        Assert.True(Runs.NoneLeft);

        Assert.True(await Operations.ResumeAsync(Queue, Cancellation));
        Assert.False(await Operations.ResumeAsync(Queue, Cancellation));
        // Woken, not found at the next poll in a minute.
        Assert.Equal("later", (await Runs.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task DrainingWaitsForWhatIsReadyAndRunning()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await StartWorkerAsync(options => options.Concurrency = 1);
        await App.Queue.EnqueueManyAsync([new Note("a"), new Note("b")], cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("not waited for"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);
        await Runs.NextAsync();

        var told = new TaskCompletionSource<QueueStatistics>(TaskCreationOptions.RunContinuationsAsynchronously);
        var draining = Operations.DrainAsync(Queue, progress: new Told(told), cancellationToken: Cancellation);
        Assert.Equal((1, 1), ((await told.Task).Ready, (await told.Task).Running));
        Assert.False(draining.IsCompleted);
        gate.SetResult();
        await draining.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((true, 1), (now.IsDrained, now.Delayed));
    }

    [Fact]
    public async Task APausedQueueCannotBeDrained()
    {
        await Operations.PauseAsync(Queue, Cancellation);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Operations.DrainAsync(Queue, cancellationToken: Cancellation));
        Assert.Contains("Resume it first", error.Message, StringComparison.Ordinal);
    }

    private sealed class Told(TaskCompletionSource<QueueStatistics> first) : IProgress<QueueStatistics>
    {
        public void Report(QueueStatistics value) => first.TrySetResult(value);
    }
}
