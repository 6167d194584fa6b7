using System.Diagnostics;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Workflows;

/// <inheritdoc cref="IWorkflows"/>
internal sealed class StoredWorkflows(
    IWorkflowStore store, WorkflowReader reader, WorkflowEngine engine, IJobQueue jobs, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IWorkflows
{
    public async Task<WorkflowHandle> StartAsync(Workflow workflow, WorkflowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var queue = options?.Queue ?? WorkflowCompiler.FirstQueue(workflow);
        JobNames.Check(queue, "The workflow's queue");
        var now = time.GetUtcNow();
        var id = new WorkflowId(queue, options?.Id ?? Guid.CreateVersion7(now));
        // Every job of the workflow continues the trace from here.
        using var span = JobsTelemetry.Source.StartActivity($"start {queue}", ActivityKind.Producer);
        span?.SetTag("flasky.workflow.id", id.ToString());
        await store.CreateAsync(new WorkflowCompiler(id, jobs, this.options, now).Compile(workflow), cancellationToken).ConfigureAwait(false);
        return Find(id);
    }

    public WorkflowHandle Find(WorkflowId id) => new(id, reader, engine);

    private readonly FlaskyJobsOptions options = options.Value;
}
