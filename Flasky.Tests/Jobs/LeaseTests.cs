using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Tests.Jobs;

public sealed class LeaseTests(Servers servers) : JobsTest(servers)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task TakesOverWhatADeadWorkerHeld()
    {
        var dead = App.Store("dead");
        await dead.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("orphan"), cancellationToken: Cancellation);
        Assert.Single(await TakeAsync(dead, 10));

        await StartWorkerAsync();

        var run = await Runs.NextAsync();
        Assert.Equal((1, 2), (run.Context.Attempt, run.Context.Delivery));
        await WaitUntilSettledAsync();
    }

    [Fact]
    public async Task FencesOffAWorkerThatLostItsLease()
    {
        var (slow, other) = (App.Store("slow"), App.Store("other"));
        await slow.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("contested"), cancellationToken: Cancellation);
        var job = Assert.Single(await TakeAsync(slow, 1));
        var taken = await ReapOneAsync(other);

        Assert.Equal([job.EntryId], await slow.HeartbeatAsync([job]));
        Assert.Equal([job.EntryId], await slow.CompleteAsync([job]));
        Assert.Equal(SettleReply.Refused, await slow.SettleAsync(job, Retry(job), 10));
        Assert.Equal(SettleReply.Refused, await slow.SettleAsync(job, Bury(job), 10));
        Assert.Equal(StartReply.Refused, await slow.StartAsync(job, JobDirectives.None with { TrackedForMs = 1000 }, 1));
        Assert.False(await slow.ProgressAsync(job, "{}", tracked: true));
        Assert.Equal(0, await slow.ReleaseAsync([job]));

        Assert.Empty(await other.HeartbeatAsync([taken]));
        Assert.Empty(await other.CompleteAsync([taken]));
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
    }

    [Fact]
    public async Task FencesOffAnEarlierDeliveryToTheSameWorker()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("again"), cancellationToken: Cancellation);
        var first = Assert.Single(await TakeAsync(worker, 1));
        var second = await ReapOneAsync(worker);

        Assert.Equal([first.EntryId], await worker.CompleteAsync([first]));
        Assert.Empty(await worker.CompleteAsync([second]));
    }

    [Fact]
    public async Task SettlingTwiceIsHarmless()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("retry"), cancellationToken: Cancellation);
        var job = Assert.Single(await TakeAsync(worker, 1));

        Assert.Equal(SettleReply.Settled, await worker.SettleAsync(job, Retry(job), 10));
        Assert.Equal(SettleReply.Refused, await worker.SettleAsync(job, Retry(job), 10));
        Assert.Equal(SettleReply.Refused, await worker.SettleAsync(job, Bury(job), 10));
        Assert.Equal([job.EntryId], await worker.CompleteAsync([job]));

        Assert.Equal(1, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
    }

    [Fact]
    public async Task ParksAJobThatNoWorkerLivesToSettle()
    {
        var victim = App.Store("victim");
        await victim.CreateGroupsAsync();
        var id = await App.Queue.EnqueueAsync(new Note("poison"), cancellationToken: Cancellation);
        await TakeAsync(victim, 1);
        for (var delivery = 2; delivery <= 3; delivery++)
            Assert.Equal(delivery, (await ReapOneAsync(victim)).Delivery);

        await StartWorkerAsync(options => options.MaxDeliveries = 3);
        await WaitUntilSettledAsync();

        Assert.True(Runs.NoneLeft);
        var status = await App.Queue.Find(id).GetStatusAsync(Cancellation);
        Assert.Equal((JobState.Failed, "Handed out 3 times, but no worker lived to settle it."), (status!.State, status.Error));
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

        var entry = ((StackExchange.Redis.RedisResult[])((StackExchange.Redis.RedisResult[])(await App.Redis.ExecuteAsync("XRANGE", App.Keys().Ready(), "-", "+"))!)[0]!)[0];
        await App.Redis.ExecuteAsync("XCLAIM", App.Keys().Ready(), "workers", "thief", "0", (string)entry!);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    private static async Task<ClaimedJob[]> TakeAsync(QueueStore store, int count) =>
        (await store.LookAsync(count, Enum.GetValues<JobPriority>())).Fetched.Jobs;

    private static Settlement Retry(ClaimedJob job) => Bury(job) with { State = JobState.Retrying, Delay = TimeSpan.FromMinutes(1) };

    private static Settlement Bury(ClaimedJob job) =>
        new() { State = JobState.Failed, Attempt = 1, Job = job.Job, History = "", Directives = JobDirectives.None };

    private static Task<ClaimedJob> ReapOneAsync(QueueStore store) =>
        EventuallyAsync(async () => (await store.ReapAsync(Short, 1)).Jobs.SingleOrDefault());

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
