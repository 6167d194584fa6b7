using System.Diagnostics;

namespace Flasky.Tests.Jobs;

public sealed class StoppingTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task LetsRunningJobsFinish()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        var worker = await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("last"), cancellationToken: Cancellation);
        await Runs.NextAsync();

        var stopping = worker.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;

        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
    }

    [Fact]
    public async Task TakesNoNewJobs()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        var worker = await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("running"), cancellationToken: Cancellation);
        await Runs.NextAsync();
        await App.WaitUntilIdleAsync();
        var stopping = worker.StopAsync(Cancellation);
        await App.WaitUntilNoneIdlesAsync();

        await App.Queue.EnqueueAsync(new Note("too late"), cancellationToken: Cancellation);
        gate.SetResult();
        await stopping;

        Assert.True(Runs.NoneLeft);
        Assert.Equal(1, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
    }

    [Fact]
    public async Task HandsAnUnfinishedJobToAnotherWorkerAtOnceAndDoesNotCountIt()
    {
        var first = new Runs { Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token) };
        var stoppingWorker = await StartWorkerAsync(runs: first, shutdown: TimeSpan.FromSeconds(1),
            configure: options => options.Lease = TimeSpan.FromMinutes(5));
        await App.Queue.EnqueueAsync(new Note("endless"), cancellationToken: Cancellation);
        await first.NextAsync();
        await StartWorkerAsync(options => (options.Lease, options.PollInterval) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)));
        await App.WaitUntilIdleAsync(workers: 2);

        var watch = Stopwatch.StartNew();
        await stoppingWorker.StopAsync(Cancellation);
        var run = await Runs.NextAsync(seconds: 10);

        Assert.Equal((1, 1), (run.Context.Attempt, run.Context.Delivery));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        await WaitUntilSettledAsync();
    }
}
