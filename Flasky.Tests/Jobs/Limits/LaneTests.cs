using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs.Limits;

public sealed class LaneTests(Servers servers) : LimitsTest(servers)
{
    [Fact]
    public async Task RunsNoMoreOfATypeOrOfAKeyAtOnceThanTheirLimits()
    {
        await SetAsync(LimitScope.Job<Charge>(), concurrency: 3);
        await SetAsync(LimitScope.KeysOf("tenant"), concurrency: 1);
        await SetAsync(LimitScope.Key("tenant:big"), concurrency: 2);
        var crowd = new Crowd();
        var keys = new[] { "tenant:a", "tenant:b", "tenant:c", "tenant:big", "free" };
        Runs.Behaviour = (run, token) => crowd.RunAsync(run.Job.Text.Split(' ')[0], () => Task.Delay(5, token));
        for (var i = 0; i < 3; i++)
            await StartListeningAsync();
        for (var i = 0; i < 20; i++)
        {
            foreach (var key in keys)
            {
                await EnqueueAsync($"{key} {i}", key);
                await App.Queue.EnqueueAsync(new Charge(i), new EnqueueOptions { LimitKey = key }, Cancellation);
            }
        }
        for (var i = 0; i < 2 * 20 * keys.Length; i++)
            await Runs.NextAsync();
        await AssertDrainedAsync();

        Assert.All(["tenant:a", "tenant:b", "tenant:c"], key => Assert.Equal(1, crowd.Most(key)));
        Assert.InRange(crowd.Most("tenant:big"), 1, 2);
        Assert.InRange(crowd.Most("charge"), 1, 3);
    }

    [Fact]
    public async Task AJobOfATypeAndAKeyNeedsRoomInBoth()
    {
        await SetAsync(LimitScope.Job<Charge>(), concurrency: 2);
        await SetAsync(LimitScope.EveryKey, concurrency: 1);
        var worker = await NewStoreAsync();
        foreach (var (number, key) in new[] { (1, "a"), (2, "a"), (3, "b"), (4, "c") })
            await App.Queue.EnqueueAsync(new Charge(number), new EnqueueOptions { LimitKey = key }, Cancellation);

        var running = await TakeAsync(worker, 10);
        Assert.Equal([1, 3], Numbers(running));
        Assert.Empty(await TakeAsync(worker, 10));

        // The room of the type goes past the lane whose key is taken.
        await SucceedAsync(worker, running[1]);
        var third = Assert.Single(await TakeAsync(worker, 10));
        Assert.Equal([4], Numbers([third]));
        await SucceedAsync(worker, running[0]);
        var second = await TakeAsync(worker, 10);
        Assert.Equal([2], Numbers(second));
    }

    [Fact]
    public async Task ManyJobsOfOneKeyDoNotHoldUpTheOneOfAnother()
    {
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 1000).Select(i => new Note($"many {i}")), new EnqueueOptions { LimitKey = "many" }, Cancellation);
        await EnqueueAsync("one", "one");
        await EnqueueAsync("two", "two");
        var worker = await NewStoreAsync();

        Assert.Equal(["many 0", "one", "two", "many 1", "many 2"], Texts(await TakeAsync(worker, 5)));
        Assert.Equal(["many 3", "many 4"], Texts(await TakeAsync(worker, 2)));
    }

    [Fact]
    public async Task JobsWithALaneAndThoseWithoutShareTheWorkers()
    {
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 100).Select(_ => new Note("plain")), cancellationToken: Cancellation);
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 100).Select(_ => new Note("lane")), new EnqueueOptions { LimitKey = "key" }, Cancellation);
        var look = await LookAsync(await NewStoreAsync(), 10);
        Assert.Equal(5, Texts(look.Fetched.Jobs).Count(text => text == "lane"));
        Assert.Equal(10, look.Fetched.Jobs.Length);
        Assert.True(look.IsLimited);
    }

    [Fact]
    public async Task ALaneWhoseRateIsSpentHoldsUpNoOther()
    {
        await SetAsync(LimitScope.Key("slow"), rate: JobRate.PerHour(1));
        for (var i = 0; i < 3; i++)
            await EnqueueAsync($"slow {i}", "slow");
        await EnqueueAsync("other", "other");
        var worker = await NewStoreAsync();

        Assert.Equal(["slow 0", "other"], Texts(await TakeAsync(worker, 10)));
        var look = await LookAsync(worker, 10);
        Assert.Empty(look.Fetched.Jobs);
        Assert.InRange(look.UntilDue!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task AWorkerWakesForTheNextPermitOfAKey()
    {
        await SetAsync(LimitScope.KeysOf("tenant"), rate: JobRate.PerSecond(20, burst: 2));
        await StartListeningAsync();
        await App.WaitUntilIdleAsync();
        for (var i = 0; i < 12; i++)
            await EnqueueAsync($"{i}", $"tenant:{i % 2}");
        for (var i = 0; i < 12; i++)
            await Runs.NextAsync();
        await AssertDrainedAsync();
    }

    [Theory]
    [InlineData(JobPriority.Normal)]
    [InlineData(JobPriority.Critical, JobPriority.High, JobPriority.Normal, JobPriority.Normal)]
    public async Task ALookThatLeavesAPriorityOutIsRefusedAndLosesNoJobOfALane(params JobPriority[] order)
    {
        await EnqueueAsync("low", "key", new EnqueueOptions { Priority = JobPriority.Low });
        var worker = await NewStoreAsync();

        var error = await Assert.ThrowsAsync<StackExchange.Redis.RedisServerException>(() => worker.LookAsync(10, order));

        Assert.Contains("each of the priorities 1 to 4 once", error.Message, StringComparison.Ordinal);
        Assert.Equal(["low"], Texts(await TakeAsync(worker, 10)));
    }

    [Fact]
    public async Task WithinALaneThePriorityDecidesAndThenTheOrder()
    {
        await EnqueueAsync("low", "key", new EnqueueOptions { Priority = JobPriority.Low });
        await EnqueueAsync("normal 1", "key");
        await EnqueueAsync("critical", "key", new EnqueueOptions { Priority = JobPriority.Critical });
        await EnqueueAsync("normal 2", "key");
        Assert.Equal(["critical", "normal 1", "normal 2", "low"], Texts(await TakeAsync(await NewStoreAsync(), 4)));
    }

    [Fact]
    public async Task APausedQueueGivesNoTurns()
    {
        await EnqueueAsync("waits", "key");
        await App.Redis.StringSetAsync(App.Keys().Paused, "1");
        var worker = await NewStoreAsync();
        Assert.Empty(await TakeAsync(worker, 10));
        await App.Redis.KeyDeleteAsync(App.Keys().Paused);
        Assert.Single(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task TheLimitOfTheQueueHoldsForLanesToo()
    {
        await SetAsync(LimitScope.Queue, concurrency: 3);
        for (var i = 0; i < 4; i++)
        {
            await EnqueueAsync($"lane {i}", $"key:{i}");
            await EnqueueAsync($"plain {i}");
        }
        var worker = await NewStoreAsync();
        var running = await TakeAsync(worker, 10);
        Assert.Equal(3, running.Length);
        Assert.Empty(await TakeAsync(worker, 10));
        await SucceedAsync(worker, running[0]);
        Assert.Single(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task ALimitSetWhileJobsRunCountsThem()
    {
        var worker = await NewStoreAsync();
        for (var i = 0; i < 4; i++)
            await EnqueueAsync($"{i}", "key");
        var running = await TakeAsync(worker, 2);
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        Assert.Empty(await TakeAsync(worker, 10));
        await SucceedAsync(worker, running[0]);
        Assert.Empty(await TakeAsync(worker, 10));
        await SucceedAsync(worker, running[1]);
        Assert.Single(await TakeAsync(worker, 10));

        await Limits.RemoveAsync(LimitScope.Key("key"), cancellationToken: Cancellation);
        Assert.Single(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task AFasterRateHoldsAtOnce()
    {
        await SetAsync(LimitScope.Key("key"), rate: JobRate.PerHour(1));
        await EnqueueAsync("first", "key");
        await EnqueueAsync("second", "key");
        await StartListeningAsync();
        Assert.Equal("first", (await Runs.NextAsync()).Job.Text);
        await App.WaitUntilIdleAsync();
        await SetAsync(LimitScope.Key("key"), rate: JobRate.PerSecond(10));
        Assert.Equal("second", (await Runs.NextAsync()).Job.Text);
        await AssertDrainedAsync();
    }

    private static int[] Numbers(IEnumerable<ClaimedJob> jobs) =>
        [.. jobs.Select(job => System.Text.Json.JsonDocument.Parse(job.Arguments).RootElement.GetProperty("number").GetInt32()).Order()];
}
