using Flasky.Jobs;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Operations;

public sealed class PurgeTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task ReadyJobsGoAndTheLagStaysKnown()
    {
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 600).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("low"), new EnqueueOptions { Priority = JobPriority.Low }, Cancellation);
        var tracked = await App.Queue.EnqueueAsync(new Note("awaited"), new EnqueueOptions { Tracked = true, Unique = new JobUnique { Key = "one" } }, Cancellation);

        Assert.Equal(602, await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));

        Assert.Equal(JobState.Cancelled, (await App.Queue.Find(tracked).WaitAsync(Cancellation)).State);
        Assert.Equal(0, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Ready);
        // Its key is free again.
        var again = await App.Queue.EnqueueAsync(new Note("again"), new EnqueueOptions { Unique = new JobUnique { Key = "one" } }, Cancellation);
        Assert.NotEqual(tracked, again);
        var groups = (RedisResult[])(await App.Redis.ExecuteAsync("XINFO", "GROUPS", App.Keys().Ready()))!;
        Assert.Equal(1, (long)((RedisResult[])groups[0]!)[11]);

        await StartWorkerAsync();
        Assert.Equal("again", (await Runs.NextAsync()).Job.Text);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task RunningJobsStay()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await StartWorkerAsync(options => options.Concurrency = 1);
        await App.Queue.EnqueueManyAsync([new Note("runs"), new Note("waits")], cancellationToken: Cancellation);
        await Runs.NextAsync();

        Assert.Equal(1, await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));
        Assert.Equal(1, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Running);
        gate.SetResult();
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task WhatAWorkerHandedBackGoesToo()
    {
        var store = App.Store("stopping");
        await store.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("handed back"), cancellationToken: Cancellation);
        await store.ReleaseAsync((await store.ReadAsync(JobPriority.Normal, 1)).Jobs);
        Assert.Equal(1, await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
    }

    [Fact]
    public async Task ScheduledAndRetryingJobsGoApart()
    {
        var failing = new Runs { Behaviour = (_, _) => throw new InvalidOperationException("not yet") };
        var worker = await StartWorkerAsync(options => options.RetryDelay = options.MaxRetryDelay = TimeSpan.FromDays(1), runs: failing);
        await App.Queue.EnqueueAsync(new Note("retries"), cancellationToken: Cancellation);
        await WaitForAsync(now => now.Delayed == 1);
        await worker.StopAsync(Cancellation);
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 300).Select(i => new Note($"{i}")), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);

        Assert.Equal(300, await Operations.PurgeAsync(Queue, [JobState.Scheduled], Cancellation));
        Assert.Equal(JobState.Retrying, Assert.Single(await ListAllAsync(new JobQuery { State = JobState.Retrying })).State);
        Assert.Equal(1, await Operations.PurgeAsync(Queue, [JobState.Retrying, JobState.Failed], Cancellation));
        Assert.Equal((0, 0), (await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled), await App.Redis.HashLengthAsync(App.Keys().ScheduledJobs)));
    }

    [Fact]
    public async Task AKeyThatIsHeldForAWindowOutlivesItsJob()
    {
        static EnqueueOptions Options(string key) => new() { Unique = new JobUnique { Key = key, Until = UniqueUntil.Window } };
        (JobState State, EnqueueOptions Options)[] places =
        [
            (JobState.Ready, Options("ready")),
            (JobState.Ready, Options("in a lane") with { LimitKey = "key" }),
            (JobState.Scheduled, Options("scheduled") with { Delay = TimeSpan.FromHours(1) }),
        ];
        var dead = Options("dead");
        var ended = (await EnqueueDeadAsync(["dead"], dead))[0];
        Assert.Equal(1, await Operations.PurgeAsync(Queue, [JobState.Failed], Cancellation));
        Assert.Equal(ended, await App.Queue.EnqueueAsync(new Note("again"), dead, Cancellation));
        foreach (var (state, options) in places)
        {
            var purged = await App.Queue.EnqueueAsync(new Note("purged"), options, Cancellation);
            Assert.Equal(1, await Operations.PurgeAsync(Queue, [state], Cancellation));
            Assert.Equal(purged, await App.Queue.EnqueueAsync(new Note("again"), options, Cancellation));
        }
    }

    [Theory]
    [InlineData(JobState.Running, "cancel them")]
    [InlineData(JobState.Succeeded, "not kept")]
    public async Task WhatCannotBePurgedIsRefused(JobState state, string reason)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Operations.PurgeAsync(Queue, [JobState.Ready, state], Cancellation));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
