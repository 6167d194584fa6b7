using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Limits;

/// <summary>A job that waits in a lane is a job like any other.</summary>
public sealed class WaitingJobTests(Servers servers) : LimitsTest(servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ItIsReadyAndCanBeCancelledAtOnce(bool tracked)
    {
        var options = new EnqueueOptions { Tracked = tracked, Unique = new JobUnique { Key = "only" } };
        var id = await EnqueueAsync("cancelled", "key", options);
        await EnqueueAsync("other", "key");
        var job = App.Queue.Find(id);
        Assert.Equal(JobState.Ready, (await job.GetStatusAsync(Cancellation))!.State);

        Assert.Equal(JobCancellation.Cancelled, await job.CancelAsync(Cancellation));

        Assert.Equal(tracked ? JobState.Cancelled : null, (await job.GetStatusAsync(Cancellation))?.State);
        var again = await EnqueueAsync("again", "key", options);
        Assert.NotEqual(id, again);
        Assert.Equal(["other", "again"], Texts(await TakeAsync(await NewStoreAsync(), 10)));
    }

    [Fact]
    public async Task ALaneOfCancelledJobsLeavesNothing()
    {
        for (var i = 0; i < 5; i++)
            await App.Queue.Find(await EnqueueAsync($"{i}", "key")).CancelAsync(Cancellation);
        await StartWorkerAsync();
        await AssertDrainedAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task SendingItAgainAddsNothing()
    {
        var envelope = App.Queue.Create(new Note("once"), new EnqueueOptions { LimitKey = "key" });
        for (var i = 0; i < 2; i++)
            await App.Queue.SendAsync([envelope], Cancellation);
        Assert.Equal(1, await App.Redis.SortedSetLengthAsync(App.Keys().Waiting));
        Assert.Single(await TakeAsync(await NewStoreAsync(), 10));
        await App.Queue.SendAsync([envelope], Cancellation);
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Waiting));
    }

    [Fact]
    public async Task WhenADelayedOneIsDueItWaitsItsTurn()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        await EnqueueAsync("first", "key");
        await EnqueueAsync("delayed", "key", new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(1), Tracked = true });
        await EnqueueAsync("debounced", "key", new EnqueueOptions { Debounce = new JobDebounce(TimeSpan.FromMilliseconds(1)) });
        var worker = await NewStoreAsync();
        var first = Assert.Single(await TakeAsync(worker, 10));
        while (await App.Redis.SortedSetLengthAsync(App.Keys().Waiting) < 2)
            Assert.Empty(await TakeAsync(worker, 10));
        await SucceedAsync(worker, first);
        Assert.Single(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task OneWhoseTimeHasPassedTakesNoPermit()
    {
        await SetAsync(LimitScope.Key("key"), rate: JobRate.PerHour(1));
        for (var i = 0; i < 5; i++)
            await EnqueueAsync("too late", "key", new EnqueueOptions { ExpiresAfter = TimeSpan.FromTicks(1) });
        await EnqueueAsync("in time", "key");
        await StartWorkerAsync();
        Assert.Equal("in time", (await Runs.NextAsync()).Job.Text);
        await AssertDrainedAsync();
    }

    [Fact]
    public async Task ARecurringJobOfALimitedTypeCountsToo()
    {
        await SetAsync(LimitScope.Job<Charge>(), concurrency: 1);
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        await recurring.SetAsync("hourly", new Charge(1), JobSchedule.Every(TimeSpan.FromHours(1)), cancellationToken: Cancellation);
        for (var i = 0; i < 2; i++)
            await recurring.TriggerAsync("hourly", cancellationToken: Cancellation);
        var worker = await NewStoreAsync();
        Assert.Single(await TakeAsync(worker, 10));
        Assert.Empty(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task TheGroupKnowsItsLag()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        for (var i = 0; i < 5; i++)
            await EnqueueAsync($"lane {i}", "key");
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 20).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var worker = await NewStoreAsync();
        await TakeAsync(worker, 6);
        Assert.Equal(0, await LagAsync(App.Keys().ReadyLanes));
        Assert.Equal(15, await LagAsync(App.Keys().Ready()));
        Assert.Equal(4, await App.Redis.SortedSetLengthAsync(App.Keys().Waiting));
    }

    private async Task<long> LagAsync(StackExchange.Redis.RedisKey stream)
    {
        var groups = (StackExchange.Redis.RedisResult[])(await App.Redis.ExecuteAsync("XINFO", "GROUPS", stream))!;
        var fields = (StackExchange.Redis.RedisResult[])groups[0]!;
        return (long)fields[Array.FindIndex(fields, field => (string?)field == "lag") + 1];
    }
}
