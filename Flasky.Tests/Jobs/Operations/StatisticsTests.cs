using Flasky.Jobs;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Operations;

public sealed class StatisticsTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task AQueueIsKnownAndCountedBeforeItsFirstWorker()
    {
        await App.Queue.EnqueueAsync(new Note("a"), cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("b"), new EnqueueOptions { Priority = JobPriority.Critical }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("c"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);

        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);

        Assert.Equal((2, 0, 1, 0, 0), (now.Ready, now.Running, now.Delayed, now.Dead, now.Workers));
        Assert.Equal((1, 1, 0), (now.ReadyByPriority[JobPriority.Critical], now.ReadyByPriority[JobPriority.Normal], now.ReadyByPriority[JobPriority.Low]));
        Assert.InRange(now.OldestReadyAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(now.NextDueAt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(70));
        await WaitUntilKnownAsync();
    }

    [Fact]
    public async Task RunningJobsAreNotReadyAndTheGroupsLagAgrees()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await StartWorkerAsync(options => options.Concurrency = 1);
        for (var i = 0; i < 3; i++)
            await App.Queue.EnqueueAsync(new Note($"{i}"), cancellationToken: Cancellation);
        await Runs.NextAsync();

        var now = await WaitForAsync(now => now.Running == 1 && now.Workers == 1);
        Assert.Equal(2, now.Ready);
        Assert.Equal(2, await LagAsync());

        gate.SetResult();
        await WaitForAsync(now => now.IsDrained);
        Assert.Equal(0, await LagAsync());
        Assert.Null((await Operations.GetStatisticsAsync(Queue, Cancellation)).OldestReadyAge);
    }

    [Fact]
    public async Task WhatAWorkerHandedBackIsReady()
    {
        var store = App.Store("stopping");
        await store.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("handed back"), cancellationToken: Cancellation);
        var jobs = (await store.ReadAsync(JobPriority.Normal, 1)).Jobs;
        Assert.Equal(1, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Running);
        await store.ReleaseAsync(jobs);

        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((1, 0), (now.Ready, now.Running));
        Assert.NotNull(now.OldestReadyAge);
        Assert.Equal(JobState.Ready, Assert.Single(await ListAllAsync(new JobQuery { State = JobState.Ready })).State);
        Assert.Empty(await ListAllAsync(new JobQuery { State = JobState.Running }));
    }

    [Fact]
    public async Task AnEmptyQueueIsAllZero()
    {
        var now = await Operations.GetStatisticsAsync("nobody-uses-it", Cancellation);
        Assert.Equal((0, 0, 0, 0, false), (now.Ready, now.Running, now.Delayed, now.Dead, now.IsPaused));
        Assert.Null(now.NextDueAt);
    }

    [Fact]
    public async Task AWrongQueueNameIsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Operations.GetStatisticsAsync("No Name", Cancellation));

    private async Task WaitUntilKnownAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        while (!(await Operations.ListQueuesAsync(timeout.Token)).Contains(Queue))
            await Task.Delay(10, timeout.Token);
    }

    private async Task<long> LagAsync()
    {
        var groups = (RedisResult[])(await App.Redis.ExecuteAsync("XINFO", "GROUPS", App.Keys().Ready()))!;
        return (long)((RedisResult[])Assert.Single(groups)!)[11];
    }
}
