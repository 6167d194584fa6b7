using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Limits;

[Job("test.charge", Limited = true)]
public sealed record Charge(int Number) : IJob;

public sealed class ChargeHandler(Runs runs, ScopeMarker marker) : IJobHandler<Charge>
{
    public Task HandleAsync(Charge job, JobContext context, CancellationToken cancellationToken) =>
        runs.HandleAsync(new Note($"charge {job.Number}"), context, marker, cancellationToken);
}

/// <summary>What the tests of limits have besides.</summary>
public abstract class LimitsTest(Servers servers) : JobsTest(servers)
{
    protected IJobLimits Limits => App.Producer.Services.GetRequiredService<IJobLimits>();

    /// <summary>A worker that hears of news or finds nothing: its poll is too slow to help a test through.</summary>
    protected Task<IHost> StartListeningAsync(Action<JobWorkerBuilder>? configure = null, int concurrency = 16, Runs? runs = null, TimeSpan? shutdown = null) => App.StartWorkerAsync(
        worker =>
        {
            worker.Services.AddSingleton(runs ?? Runs).AddScoped<ScopeMarker>();
            worker.Handle<Note, NoteHandler>().Handle<Charge, ChargeHandler>();
            worker.Configure(options => (options.PollInterval, options.Lease, options.Concurrency) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), concurrency));
            configure?.Invoke(worker);
        }, shutdown);

    protected Task<JobId> EnqueueAsync(string text, string? key = null, EnqueueOptions? options = null) =>
        App.Queue.EnqueueAsync(new Note(text), (options ?? new EnqueueOptions()) with { LimitKey = key }, Cancellation);

    protected Task SetAsync(LimitScope scope, int? concurrency = null, JobRate? rate = null) =>
        Limits.SetAsync(scope, new JobLimit(concurrency, rate), cancellationToken: Cancellation);

    internal async Task<QueueStore> NewStoreAsync(string consumer = "worker")
    {
        var store = App.Store(consumer);
        await store.CreateGroupsAsync();
        return store;
    }

    internal static async Task<ClaimedJob[]> TakeAsync(QueueStore store, int count) => (await LookAsync(store, count)).Fetched.Jobs;

    internal static Task<LookResult> LookAsync(QueueStore store, int count) => store.LookAsync(count, Enum.GetValues<JobPriority>());

    internal static string[] Texts(IEnumerable<ClaimedJob> jobs) =>
        [.. jobs.Select(job => System.Text.Json.JsonDocument.Parse(job.Arguments).RootElement.GetProperty("text").GetString()!)];

    internal static Task<SettleReply> SucceedAsync(QueueStore store, ClaimedJob job) => store.SettleAsync(job, new Settlement
    {
        State = JobState.Succeeded,
        Attempt = 1,
        Job = job.Job,
        History = "",
        Directives = JobDirectives.Read(JobHeaders.Read(WireJob.Parse(job.Job)!.Value.Headers)),
    }, 10);

    /// <summary>Waits until nothing is left of the jobs, then asserts that nothing is left of their lanes either.</summary>
    protected async Task AssertDrainedAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            await WaitUntilSettledAsync();
            var left = await LeftAsync();
            if (left.Count == 0 && await App.Redis.StreamEntriesAsync(App.Keys().ReadyLanes) == 0)
                return;
            if (timeout.IsCancellationRequested)
                Assert.Fail($"Left in Redis: {string.Join(", ", left)}");
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>Keys without a TTL that are neither configuration nor the queue's own.</summary>
    private async Task<List<string>> LeftAsync()
    {
        var keys = App.Keys();
        var kept = new[] { keys.Limits, keys.ReadyLanes, keys.Idle, keys.Dead, keys.DeadJobs, keys.Recurring, keys.RecurringDefinitions, keys.RecurringLast }
            .Concat(Enum.GetValues<JobPriority>().Select(priority => keys.Ready(priority))).ToHashSet();
        var left = new List<string>();
        foreach (var key in await App.FindKeysAsync())
        {
            if (!kept.Contains(key) && await App.Redis.KeyTimeToLiveAsync(key) is null && await App.Redis.KeyExistsAsync(key))
                left.Add(key!);
        }
        return left;
    }
}
