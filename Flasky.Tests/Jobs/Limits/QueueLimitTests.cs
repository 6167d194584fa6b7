using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Limits;

public sealed class QueueLimitTests(Servers servers) : LimitsTest(servers)
{
    [Fact]
    public async Task RunsNoMoreAtOnceThanTheLimitOverAllWorkersAndTellsThoseThatWereRefused()
    {
        await SetAsync(LimitScope.Queue, concurrency: 3);
        var (crowd, doors) = (new Crowd(), new SemaphoreSlim(0));
        Runs.Behaviour = (_, token) => crowd.RunAsync("all", () => doors.WaitAsync(token));
        for (var i = 0; i < 2; i++)
            await StartListeningAsync();
        await App.WaitUntilIdleAsync(workers: 2);
        foreach (var priority in Enum.GetValues<JobPriority>())
            await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 10).Select(i => new Note($"{priority} {i}")), new EnqueueOptions { Priority = priority }, Cancellation);

        for (var started = 0; started < 40; started++)
        {
            await Runs.NextAsync();
            // From the third on each start needs one to have ended, and nobody polls.
            if (started >= 2)
                doors.Release();
        }
        doors.Release(2);
        await AssertDrainedAsync();
        Assert.Equal(3, crowd.Most("all"));
    }

    [Fact]
    public async Task AJobThatAWorkerLostHoldsItsPlaceUntilItIsTakenOver()
    {
        await SetAsync(LimitScope.Queue, concurrency: 1);
        var dead = await NewStoreAsync("dead");
        await EnqueueAsync("orphan");
        await EnqueueAsync("next");
        Assert.Equal(["orphan"], Texts(await TakeAsync(dead, 10)));
        Assert.Empty(await TakeAsync(await NewStoreAsync("other"), 10));

        await StartWorkerAsync();

        Assert.Equal("orphan", (await Runs.NextAsync()).Job.Text);
        Assert.Equal("next", (await Runs.NextAsync()).Job.Text);
        await AssertDrainedAsync();
    }

    [Fact]
    public async Task StartsNoMoreInAnyWindowThanTheRateAllows()
    {
        const double Interval = 20;
        await SetAsync(LimitScope.Queue, rate: JobRate.PerSecond(50, burst: 4));
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 40).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var workers = new[] { await NewStoreAsync("one"), await NewStoreAsync("two") };
        var starts = new List<DateTimeOffset>();
        for (var look = 0; starts.Count < 40; look++)
        {
            var (fetched, now, wait, _, isLimited, _) = await LookAsync(workers[look % 2], 16);
            Assert.True(isLimited);
            starts.AddRange(fetched.Jobs.Select(_ => now));
            if (fetched.Jobs.Length == 0)
                await Task.Delay(wait!.Value, Cancellation);
        }

        for (var first = 0; first < starts.Count; first++)
        {
            for (var last = first; last < starts.Count; last++)
            {
                // The clock has whole milliseconds.
                var window = (starts[last] - starts[first]).TotalMilliseconds + 1;
                Assert.True(last - first + 1 <= 4 + (window / Interval), $"{last - first + 1} started within {window} ms");
            }
        }
    }

    [Fact]
    public async Task AWorkerWakesForTheNextPermit()
    {
        await SetAsync(LimitScope.Queue, rate: JobRate.PerSecond(20));
        await StartListeningAsync();
        await App.WaitUntilIdleAsync();
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 10).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        for (var i = 0; i < 10; i++)
            await Runs.NextAsync();
        await AssertDrainedAsync();
    }

    [Fact]
    public async Task AJobThatIsTakenOverNeedsAPermitOfItsOwn()
    {
        await SetAsync(LimitScope.Queue, rate: JobRate.PerHour(1, burst: 2));
        var dead = await NewStoreAsync("dead");
        for (var i = 0; i < 3; i++)
            await EnqueueAsync($"{i}");
        Assert.Equal(2, (await TakeAsync(dead, 10)).Length);

        Assert.Empty((await (await NewStoreAsync("other")).ReapAsync(TimeSpan.FromMilliseconds(1), 10)).Jobs);
    }

    [Fact]
    public async Task AChangedLimitHoldsForRunningWorkers()
    {
        await SetAsync(LimitScope.Queue, concurrency: 1);
        var doors = new SemaphoreSlim(0);
        Runs.Behaviour = (_, token) => doors.WaitAsync(token);
        await StartListeningAsync();
        for (var i = 0; i < 3; i++)
            await EnqueueAsync($"{i}");
        await Runs.NextAsync();
        await App.WaitUntilIdleAsync();
        Assert.True(Runs.NoneLeft);

        await SetAsync(LimitScope.Queue, concurrency: 2);
        await Runs.NextAsync();
        await App.WaitUntilIdleAsync();
        Assert.True(Runs.NoneLeft);

        Assert.True(await Limits.RemoveAsync(LimitScope.Queue, cancellationToken: Cancellation));
        await Runs.NextAsync();
        Assert.False(await Limits.RemoveAsync(LimitScope.Queue, cancellationToken: Cancellation));
        doors.Release(3);
        await AssertDrainedAsync();
    }
}
