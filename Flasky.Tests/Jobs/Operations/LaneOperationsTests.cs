using Flasky.Jobs;
using Flasky.Tests.Jobs.Limits;

namespace Flasky.Tests.Jobs.Operations;

/// <summary>Jobs in lanes are ready jobs for whoever operates a queue.</summary>
public sealed class LaneOperationsTests(Servers servers) : LimitsTest(servers)
{
    private const string Queue = "default";

    private IJobOperations Operations => App.Operations;

    [Fact]
    public async Task TheyAreCountedAsReady()
    {
        await EnqueueAsync("plain");
        for (var i = 0; i < 3; i++)
            await EnqueueAsync($"{i}", "key");
        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((4, 3, 1, false), (now.Ready, now.InLanes, now.ReadyByPriority.Values.Sum(), now.IsDrained));
        Assert.InRange(now.OldestReadyAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));

        var store = await NewStoreAsync();
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        var taken = await TakeAsync(store, 10);
        now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((2, 2, 2), (now.Ready, now.InLanes, now.Running));
        // One whose turn came, and which its worker hands back, is ready again.
        await store.ReleaseAsync([taken.Single(job => job.Priority > JobPriority.Low)]);
        now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((3, 3, 1), (now.Ready, now.InLanes, now.Running));
    }

    [Fact]
    public async Task TheyAreListedPageByPageBehindTheOthers()
    {
        await SetAsync(LimitScope.Key("one"), concurrency: 1);
        await EnqueueAsync("plain");
        for (var i = 0; i < 300; i++)
            await EnqueueAsync($"{i}", i % 2 == 0 ? "one" : "two", new EnqueueOptions { Priority = i % 3 == 0 ? JobPriority.High : JobPriority.Normal });

        var all = new List<JobSummary>();
        var query = new JobQuery { State = JobState.Ready, PageSize = 70 };
        do
        {
            var page = await Operations.ListAsync(Queue, query, Cancellation);
            all.AddRange(page.Jobs);
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        Assert.Contains("plain", all[0].Arguments, StringComparison.Ordinal);
        Assert.Equal(301, all.Select(job => job.Id).Distinct().Count());
        Assert.Equal(all.Skip(1).Select(job => job.Since).Order(), all.Skip(1).Select(job => job.Since));
        Assert.Equal((101, 200), (all.Count(job => job.Priority == JobPriority.High) + 1, all.Count(job => job.Priority == JobPriority.Normal) - 1));
        Assert.All(all, job => Assert.Equal(JobState.Ready, job.State));
        Assert.InRange(TimeProvider.System.GetUtcNow() - all[^1].Since, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(2));
        var found = await Operations.ListAsync(Queue, new JobQuery { State = JobState.Ready, Filter = new JobFilter { ArgumentText = "\"298\"" } }, Cancellation);
        Assert.Contains("298", Assert.Single(found.Jobs).Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheyAreFoundWhereverTheyAre()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        JobId[] ids = [await EnqueueAsync("runs", "key", new EnqueueOptions { Priority = JobPriority.High }), await EnqueueAsync("waits", "key", new EnqueueOptions { Priority = JobPriority.Low })];
        await TakeAsync(await NewStoreAsync(), 10);
        var (runs, waits) = ((await Operations.FindAsync(ids[0], Cancellation))!, (await Operations.FindAsync(ids[1], Cancellation))!);
        Assert.Equal((JobState.Running, JobPriority.High, """{"text":"runs"}"""), (runs.Status.State, runs.Priority, runs.Arguments));
        Assert.Equal((JobState.Ready, JobPriority.Low, """{"text":"waits"}"""), (waits.Status.State, waits.Priority, waits.Arguments));
        var running = Assert.Single((await Operations.ListAsync(Queue, new JobQuery { State = JobState.Running }, Cancellation)).Jobs);
        Assert.Equal((ids[0], JobPriority.High, "worker"), (running.Id, running.Priority, running.Worker));
    }

    [Fact]
    public async Task PurgingEmptiesTheLanesAndLetsGoOfWhatTheyHold()
    {
        await SetAsync(LimitScope.Key("full"), concurrency: 1);
        for (var i = 0; i < 600; i++)
            await EnqueueAsync($"{i}", i % 2 == 0 ? "full" : "other");
        var options = new EnqueueOptions { Tracked = true, Unique = new JobUnique { Key = "one" } };
        var tracked = await EnqueueAsync("awaited", "other", options);
        var store = await NewStoreAsync();
        // One of each lane has its turn; the first is handed back, the other stays with its worker.
        var taken = await TakeAsync(store, 2);
        Assert.Equal(["0", "1"], Texts(taken).Order(StringComparer.Ordinal));
        await store.ReleaseAsync([taken.Single(job => Texts([job]) is ["0"])]);

        Assert.Equal(600, await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));

        var now = await Operations.GetStatisticsAsync(Queue, Cancellation);
        Assert.Equal((0, 0, 1), (now.Ready, now.InLanes, now.Running));
        Assert.DoesNotContain(await App.FindKeysAsync(), key =>
            ((string)key!).Split(':') is [_, _, "waiting" or "lanes" or "turns" or "gates" or "lane" or "parked", ..]);
        Assert.Equal(JobState.Cancelled, (await App.Queue.Find(tracked).WaitAsync(Cancellation)).State);
        Assert.NotEqual(tracked, await EnqueueAsync("again", "other", options));
        // The slot that the handed-back one held is free.
        await EnqueueAsync("next", "full");
        Assert.Equal(["again", "next"], Texts(await TakeAsync(store, 10)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task APurgedLaneTakesNewJobs()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        for (var i = 0; i < 5; i++)
            await EnqueueAsync($"{i}", "key");
        var store = await NewStoreAsync();
        var first = Assert.Single(await TakeAsync(store, 10));
        // The lane is parked now.
        Assert.Empty(await TakeAsync(store, 10));
        Assert.Equal(4, await Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));
        await EnqueueAsync("new", "key");
        Assert.Empty(await TakeAsync(store, 10));
        await SucceedAsync(store, first);
        Assert.Equal(["new"], Texts(await TakeAsync(store, 10)));
    }

    [Fact]
    public async Task DrainingWaitsForThem()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        await EnqueueAsync("first", "key");
        await EnqueueAsync("second", "key");
        await StartWorkerAsync();
        await Runs.NextAsync();
        var told = new TaskCompletionSource<QueueStatistics>();
        var draining = Operations.DrainAsync(Queue, progress: new Told(told), cancellationToken: Cancellation);
        Assert.Equal((1, 1), await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation) is var now ? (now.Ready, now.Running) : default);
        Assert.False(draining.IsCompleted);
        gate.SetResult();
        await draining.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await Runs.NextAsync();
    }

    private sealed class Told(TaskCompletionSource<QueueStatistics> first) : IProgress<QueueStatistics>
    {
        public void Report(QueueStatistics value) => first.TrySetResult(value);
    }
}
