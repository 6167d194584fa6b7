namespace Flasky.Tests.Jobs;

public sealed class LeaseTests(Servers servers) : JobsTest(servers)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task TakesOverWhatADeadWorkerHeld()
    {
        var dead = App.Store("dead");
        await dead.CreateGroupAsync();
        await App.Queue.EnqueueAsync(new Note("orphan"), cancellationToken: Cancellation);
        Assert.Single((await dead.LookAsync(10)).Jobs);

        await StartWorkerAsync();

        var run = await Runs.NextAsync();
        Assert.Equal((1, 2), (run.Context.Attempt, run.Context.Delivery));
        await WaitUntilSettledAsync();
    }

    [Fact]
    public async Task FencesOffAWorkerThatLostItsLease()
    {
        var (slow, other) = (App.Store("slow"), App.Store("other"));
        await slow.CreateGroupAsync();
        await App.Queue.EnqueueAsync(new Note("contested"), cancellationToken: Cancellation);
        var job = Assert.Single((await slow.LookAsync(1)).Jobs);
        var taken = await ReapOneAsync(other);

        Assert.Equal([job.EntryId], await slow.HeartbeatAsync([job]));
        Assert.Equal([job.EntryId], await slow.CompleteAsync([job]));
        Assert.False(await slow.RetryAsync(job, TimeSpan.Zero));
        Assert.False(await slow.BuryAsync(job, "late", 10));
        Assert.Equal(0, await slow.ReleaseAsync([job]));

        Assert.Empty(await other.HeartbeatAsync([taken]));
        Assert.Empty(await other.CompleteAsync([taken]));
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready));
    }

    [Fact]
    public async Task FencesOffAnEarlierDeliveryToTheSameWorker()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupAsync();
        await App.Queue.EnqueueAsync(new Note("again"), cancellationToken: Cancellation);
        var first = Assert.Single((await worker.LookAsync(1)).Jobs);
        var second = await ReapOneAsync(worker);

        Assert.Equal([first.EntryId], await worker.CompleteAsync([first]));
        Assert.Empty(await worker.CompleteAsync([second]));
    }

    [Fact]
    public async Task SettlingTwiceIsHarmless()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupAsync();
        await App.Queue.EnqueueAsync(new Note("retry"), cancellationToken: Cancellation);
        var job = Assert.Single((await worker.LookAsync(1)).Jobs);

        Assert.True(await worker.RetryAsync(job, TimeSpan.FromMinutes(1)));
        Assert.False(await worker.RetryAsync(job, TimeSpan.FromMinutes(1)));
        Assert.False(await worker.BuryAsync(job, "replayed", 10));
        Assert.Equal([job.EntryId], await worker.CompleteAsync([job]));

        Assert.Equal(1, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
    }

    [Fact]
    public async Task ParksAJobThatNoWorkerLivesToSettle()
    {
        var worker = App.Store("victim");
        await worker.CreateGroupAsync();
        await App.Queue.EnqueueAsync(new Note("poison"), cancellationToken: Cancellation);
        await worker.LookAsync(1);
        for (var delivery = 2; delivery <= 3; delivery++)
            Assert.Equal(delivery, (await ReapOneAsync(worker, maxDeliveries: 3)).Delivery);

        var parked = await EventuallyAsync(async () => (await worker.ReapAsync(Short, 10, 3, 10)).Parked is { Length: > 0 } ids ? ids : null);

        Assert.Single(parked);
        Assert.Equal(1, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready));
    }

    [Fact]
    public async Task KeepsTheLeaseOfAJobThatRunsLongerThanIt()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        for (var i = 0; i < 2; i++)
            await StartWorkerAsync(options => options.Lease = TimeSpan.FromSeconds(5));
        await App.Queue.EnqueueAsync(new Note("long"), cancellationToken: Cancellation);
        await Runs.NextAsync();

        // Longer than the lease; only time can show that nobody takes it over.
        await Task.Delay(TimeSpan.FromSeconds(7), Cancellation);
        Assert.True(Runs.NoneLeft);
        gate.SetResult();
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task CancelsAJobWhoseLeaseIsTakenAway()
    {
        var cancelled = new TaskCompletionSource();
        Runs.Behaviour = async (run, token) =>
        {
            await using var _ = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        };
        await StartWorkerAsync(options => options.MaxDeliveries = 1000);
        await App.Queue.EnqueueAsync(new Note("stolen"), cancellationToken: Cancellation);
        await Runs.NextAsync();

        var entry = ((StackExchange.Redis.RedisResult[])((StackExchange.Redis.RedisResult[])(await App.Redis.ExecuteAsync("XRANGE", App.Keys().Ready, "-", "+"))!)[0]!)[0];
        await App.Redis.ExecuteAsync("XCLAIM", App.Keys().Ready, "workers", "thief", "0", (string)entry!);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    private static Task<Flasky.Jobs.Redis.ClaimedJob> ReapOneAsync(Flasky.Jobs.Redis.QueueStore store, int maxDeliveries = 10) =>
        EventuallyAsync(async () => (await store.ReapAsync(Short, 1, maxDeliveries, 10)).Jobs.SingleOrDefault());

    /// <summary>A lease of a millisecond has run out at the second try at the latest.</summary>
    private static async Task<T> EventuallyAsync<T>(Func<Task<T?>> attempt) where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (await attempt() is { } result)
                return result;
            await Task.Delay(2, timeout.Token);
        }
    }
}
