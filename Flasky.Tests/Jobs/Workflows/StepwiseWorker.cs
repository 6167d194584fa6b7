using System.Text.Json;
using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>A worker that does one thing at a time, when it is told to, and may die while it carries a workflow on.</summary>
internal sealed class StepwiseWorker(JobsHost app)
{
    private readonly QueueStore store = app.Store("worker");

    /// <summary>How often each part ran, in the order of their first runs.</summary>
    public OrderedDictionary<string, int> Ran { get; } = new(StringComparer.Ordinal);

    public Task StartAsync() => store.CreateGroupsAsync();

    public async Task<ClaimedJob[]> TakeAsync(int most = 1) => (await store.LookAsync(most, Enum.GetValues<JobPriority>())).Fetched.Jobs;

    public async Task WorkAsync(ClaimedJob claimed, Crash crash, Func<string, bool> fails)
    {
        var wire = WireJob.Parse(claimed.Job)!.Value;
        if (wire.Name == WorkflowReport.Name)
        {
            await ReportAsync(JsonSerializer.Deserialize<WorkflowReport>(claimed.Arguments, JsonSerializerOptions.Web)!, crash);
            Assert.Empty(await store.CompleteAsync([claimed]));
            return;
        }
        var cancelled = (await store.CancelledAsync([claimed])).Count > 0;
        var name = JsonSerializer.Deserialize<Part>(claimed.Arguments, JsonSerializerOptions.Web)!.Name;
        if (!cancelled)
            Ran[name] = Ran.GetValueOrDefault(name) + 1;
        var succeeds = !cancelled && !fails(name);
        Assert.Equal(SettleReply.Settled, await store.SettleAsync(claimed, new Settlement
        {
            State = succeeds ? JobState.Succeeded : cancelled ? JobState.Cancelled : JobState.Failed,
            Attempt = 1,
            Job = claimed.Job,
            History = "",
            Directives = JobDirectives.Read(JobHeaders.Read(wire.Headers)),
            Result = succeeds ? $"\"{name}\"" : "",
        }, 1000));
    }

    /// <summary>The report is handed out until it is settled, and once more by a worker that was only slow.</summary>
    public async Task ReportAsync(WorkflowReport report, Crash crash)
    {
        var engine = EngineWith(crash);
        for (var deliveries = 0; deliveries < 2;)
        {
            try
            {
                await engine.ApplyAsync(report, TestContext.Current.CancellationToken);
                deliveries++;
            }
            catch (CrashException)
            {
                // The next worker takes it over.
            }
        }
    }

    public WorkflowEngine EngineWith(Crash crash)
    {
        var services = app.Producer.Services;
        return new WorkflowEngine(new CrashingStore(services.GetRequiredService<IWorkflowStore>(), crash), CrashingQueue.Of(app.Queue, crash),
            services.GetRequiredService<IJobTracking>(), TimeProvider.System, NullLogger<WorkflowEngine>.Instance);
    }
}
