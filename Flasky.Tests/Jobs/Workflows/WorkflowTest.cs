using Flasky.Jobs;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>What every test of workflows has: parts to build them of, and workers that run the parts.</summary>
public abstract class WorkflowTest(Servers servers) : JobsTest(servers)
{
    protected Parts Parts { get; } = new();

    protected IWorkflows Workflows => App.Producer.Services.GetRequiredService<IWorkflows>();

    internal IWorkflowStore Store => App.Producer.Services.GetRequiredService<IWorkflowStore>();

    internal WorkflowEngine Engine => App.Producer.Services.GetRequiredService<WorkflowEngine>();

    protected Task<IHost> StartPartsAsync(Action<JobWorkerOptions>? configure = null) => App.StartWorkerAsync(worker =>
    {
        worker.Services.AddSingleton(Parts);
        worker.Handle<Part, string, PartHandler>().Handle<QuietPart, QuietPartHandler>();
        worker.Configure(options =>
        {
            options.MaxAttempts = 2;
            configure?.Invoke(options);
        });
    });

    protected Task<WorkflowHandle> StartAsync(Workflow workflow, WorkflowOptions? options = null) => Workflows.StartAsync(workflow, options, Cancellation);

    protected static async Task<WorkflowStatus> EndOfAsync(WorkflowHandle handle) => await handle.WaitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(40), Cancellation);

    /// <summary>Waits until the workflow is as it should be.</summary>
    protected static async Task<WorkflowStatus> UntilAsync(WorkflowHandle handle, Func<WorkflowStatus, bool> reached)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(40));
        await foreach (var status in handle.WatchAsync(timeout.Token))
        {
            if (reached(status))
                return status;
        }
        throw new InvalidOperationException("The workflow ended before.");
    }

    protected static async Task<Dictionary<string, WorkflowJobState>> StatesAsync(WorkflowHandle handle, params string[] names) =>
        (await handle.GetJobsAsync(Cancellation)).Zip(names).ToDictionary(pair => pair.Second, pair => pair.First.State);

    protected static IEnumerable<IJob> Named(params string[] names) => names.Select(name => new Part(name));

    /// <summary>Waits until nothing is ready or running in either queue.</summary>
    protected async Task WaitUntilQuietAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        foreach (var keys in new[] { App.Keys(), App.Keys("quiet") })
        {
            foreach (var priority in Enum.GetValues<JobPriority>())
            {
                while (await App.Redis.StreamEntriesAsync(keys.Ready(priority)) > 0)
                    await Task.Delay(5, timeout.Token);
            }
        }
    }
}
