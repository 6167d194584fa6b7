using System.Diagnostics;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class RunningTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task RunsAJobWithItsArguments()
    {
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("Zażółć 🦆 \"quoted\"\r\n"), cancellationToken: Cancellation);

        var run = await Runs.NextAsync();

        Assert.Equal("Zażółć 🦆 \"quoted\"\r\n", run.Job.Text);
        Assert.Equal(id, run.Context.Id);
        Assert.Equal((1, 1, "test.note"), (run.Context.Attempt, run.Context.Delivery, run.Context.Name));
        await WaitUntilSettledAsync();
    }

    [Fact]
    public async Task RunsJobsThatWereThereBeforeAnyWorker()
    {
        await App.Queue.EnqueueAsync(new Note("early"), cancellationToken: Cancellation);
        await StartWorkerAsync();
        Assert.Equal("early", (await Runs.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task GivesEveryRunItsOwnScope()
    {
        await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("1"), cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("2"), cancellationToken: Cancellation);
        Assert.NotSame((await Runs.NextAsync()).Scope, (await Runs.NextAsync()).Scope);
    }

    [Fact]
    public async Task WakesAnIdleWorkerWithoutWaitingForItsPoll()
    {
        await StartWorkerAsync(options => (options.PollInterval, options.Lease) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)));
        await App.WaitUntilIdleAsync();
        await App.Queue.EnqueueAsync(new Note("now"), cancellationToken: Cancellation);
        await Runs.NextAsync(seconds: 10);
    }

    [Fact]
    public async Task RunsADelayedJobWhenItIsDueAndNotBefore()
    {
        await StartWorkerAsync(options => (options.PollInterval, options.Lease) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)));
        await App.WaitUntilIdleAsync();
        var watch = Stopwatch.StartNew();
        await App.Queue.EnqueueAsync(new Note("later"), new EnqueueOptions { Delay = TimeSpan.FromMinutes(10) }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("soon"), new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(300) }, Cancellation);

        Assert.Equal("soon", (await Runs.NextAsync(seconds: 10)).Job.Text);
        Assert.True(watch.ElapsedMilliseconds >= 299, $"It ran after {watch.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public async Task RunsAnEnvelopeOnceHoweverOftenItIsSent()
    {
        var envelope = App.Queue.Create(new Note("once"));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => App.Queue.SendAsync([envelope, envelope], Cancellation)));
        await StartWorkerAsync();
        await Runs.NextAsync();
        await WaitUntilSettledAsync();
        await App.Queue.SendAsync([envelope], Cancellation);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task SpreadsManyJobsOverWorkersAndRunsEachOnce()
    {
        await App.Queue.SendAsync([.. Enumerable.Range(0, 1000).Select(i => App.Queue.Create(new Note($"{i}")))], Cancellation);
        for (var i = 0; i < 3; i++)
            await StartWorkerAsync();

        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 1000; i++)
            texts.Add((await Runs.NextAsync()).Job.Text);

        Assert.Equal(1000, texts.Count);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task HoldsNoMoreJobsThanItRuns()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await App.Queue.SendAsync([.. Enumerable.Range(0, 10).Select(i => App.Queue.Create(new Note($"{i}")))], Cancellation);
        await StartWorkerAsync(options => options.Concurrency = 3);
        for (var i = 0; i < 3; i++)
            await Runs.NextAsync();

        var pending = (StackExchange.Redis.RedisResult[])(await App.Redis.ExecuteAsync("XPENDING", App.Keys().Ready(), "workers"))!;

        Assert.Equal(3, (long)pending[0]);
        Assert.True(Runs.NoneLeft);
        gate.SetResult();
        await WaitUntilSettledAsync();
    }

    [Fact]
    public async Task LeavesNothingBehindWhenAllIsDone()
    {
        var worker = await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("plain"), cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("delayed"), new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(10) }, Cancellation);
        await Runs.NextAsync();
        await Runs.NextAsync();
        await WaitUntilSettledAsync();
        await worker.StopAsync(Cancellation);

        var keys = (await App.FindKeysAsync()).Select(key => (string)key!);
        var streams = Enum.GetValues<JobPriority>().Select(priority => (string)App.Keys().Ready(priority)!).Append((string)App.Keys().ReadyLanes!).ToArray();
        Assert.Equal(streams.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        foreach (var stream in streams)
            Assert.Empty((StackExchange.Redis.RedisResult[])(await App.Redis.ExecuteAsync("XINFO", "CONSUMERS", stream, "workers"))!);
    }
}
