using Flasky.Jobs;
using Flasky.Jobs.Workflows;
using Flasky.Tests.Packages;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Operations;

public sealed class KeyBoundsTests(Servers servers) : OperationsTest(servers)
{
    /// <summary>Keys without a time to live: what is in them is bounded by what there is, or by a capacity.</summary>
    private static readonly HashSet<string> Bounded =
    [
        ":ready", ":ready:critical", ":ready:high", ":ready:low", ":scheduled", ":scheduled:jobs", ":dead", ":dead:jobs", ":cancelled", ":paused", ":idle",
        ":recurring", ":recurring:definitions", ":recurring:paused", ":recurring:last",
        ":ready:lanes", ":waiting", ":waiting:jobs", ":lanes", ":lane:LANE:PRIORITY", ":turns", ":parked:BUCKET", ":gates", ":held:BUCKET", ":limits",
    ];

    /// <summary>Keys that are there only for a time: each has a time to live.</summary>
    private static readonly HashSet<string> Passing =
    [
        ":dead:trimmed", ":job:ID", ":job:ID:history", ":unique:KEY", ":debounce:KEY", ":seen:ID", ":rate:BUCKET", ":repaired:BUCKET",
        ":workflow:ID", ":workflow:ID:jobs", ":workflow:ID:nodes", ":workflow:ID:results",
    ];

    [Fact]
    public async Task EveryKeyHasATimeToLiveOrABoundAndIsDocumented()
    {
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        await recurring.SetAsync("often", new Note("often"), JobSchedule.Every(TimeSpan.FromHours(1)), cancellationToken: Cancellation);
        await recurring.SetAsync("never", new Note("never"), JobSchedule.Every(TimeSpan.FromHours(1)), cancellationToken: Cancellation);
        await recurring.PauseAsync("never", cancellationToken: Cancellation);
        await EnqueueDeadAsync(["a", "b"], new EnqueueOptions { Tracked = true });
        await Operations.TrimDeadAsync(Queue, 1, cancellationToken: Cancellation);
        var worker = await StartWorkerAsync();
        await Operations.PauseAsync(Queue, Cancellation);
        await App.Queue.EnqueueAsync(new Note("once"), new EnqueueOptions { Id = Guid.NewGuid(), Unique = new JobUnique { Key = "u" } }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("calm"), new EnqueueOptions { Debounce = new JobDebounce(TimeSpan.FromHours(1)) { Key = "d" } }, Cancellation);
        var cancelled = await App.Queue.EnqueueAsync(new Note("cancelled"), new EnqueueOptions { Priority = JobPriority.Low }, Cancellation);
        await Operations.CancelAsync(cancelled, Cancellation);
        await App.WaitUntilIdleAsync();
        await worker.StopAsync(Cancellation);
        await StartWorkflowAsync();
        await FillLanesAsync();

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), Cancellation);
        var keys = await App.FindKeysAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var name = ((string)key!)[$"{{{App.Prefix}:{Queue}}}".Length..];
            var documented = name.Split(':') switch
            {
                ["", "job", _] => ":job:ID",
                ["", "job", _, "history"] => ":job:ID:history",
                ["", "seen", _] => ":seen:ID",
                ["", var kind and ("unique" or "debounce"), ..] => $":{kind}:KEY",
                ["", var kind and ("parked" or "held" or "rate" or "repaired"), ..] => $":{kind}:BUCKET",
                ["", "lane", ..] => ":lane:LANE:PRIORITY",
                ["", "workflow", _, .. var part] => string.Join(':', [":workflow:ID", .. part]),
                _ => name,
            };
            Assert.Contains($"`{documented}`", page, StringComparison.Ordinal);
            Assert.True(Bounded.Contains(documented) || await App.Redis.KeyTimeToLiveAsync(key) is not null, $"{key} has neither a time to live nor a bound.");
            seen.Add(documented);
        }
        // Nobody is sure of a key that no test ever saw.
        // Only a tick makes the last one, which is an hour away.
        Assert.Equal([], Bounded.Concat(Passing).Except(seen).Except([":recurring:last"]));
    }

    private async Task FillLanesAsync()
    {
        var limits = App.Producer.Services.GetRequiredService<IJobLimits>();
        await limits.SetAsync(LimitScope.Key("tenant:1"), new JobLimit(1, JobRate.PerHour(100, burst: 100)), cancellationToken: Cancellation);
        for (var i = 0; i < 3; i++)
            await App.Queue.EnqueueAsync(new Note($"{i}"), new EnqueueOptions { LimitKey = "tenant:1" }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("its turn is next"), new EnqueueOptions { LimitKey = "tenant:2" }, Cancellation);
        var store = App.Store("beside");
        await Operations.ResumeAsync(Queue, Cancellation);
        // All that is ready, but for what the limit holds up.
        await store.LookAsync(100, Enum.GetValues<JobPriority>());
        await App.Queue.EnqueueAsync(new Note("its turn is next"), new EnqueueOptions { LimitKey = "tenant:2" }, Cancellation);
        await Operations.PauseAsync(Queue, Cancellation);
        Assert.Empty((await store.LookAsync(1, Enum.GetValues<JobPriority>())).Fetched.Jobs);
    }

    private async Task StartWorkflowAsync()
    {
        var workflow = await App.Producer.Services.GetRequiredService<IWorkflows>().StartAsync(Workflow.Chain(new Note("a"), new Note("b")), cancellationToken: Cancellation);
        await App.Producer.Services.GetRequiredService<WorkflowEngine>().ApplyAsync(
            new WorkflowReport(workflow.Id.ToString(), 1, "succeeded", "\"a\""), Cancellation);
    }
}
