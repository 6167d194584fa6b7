using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Workflows;

/// <summary>Shows workflows to people and to their own jobs. A singleton; safe for concurrent use.</summary>
internal sealed class WorkflowReader(IWorkflowStore store, IOptions<JobJsonOptions> json)
{
    public Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken) => store.StatusAsync(id, cancellationToken);

    public IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, CancellationToken cancellationToken) => store.WatchAsync(id, cancellationToken);

    public async Task<IReadOnlyList<WorkflowJob>> JobsAsync(WorkflowId id, CancellationToken cancellationToken) =>
        await ShapeAsync(id, cancellationToken).ConfigureAwait(false) is { } shape
            ? await JobsAsync(id, shape, [.. shape.JobsIn(shape.Root)], cancellationToken).ConfigureAwait(false) : [];

    /// <summary>What a job can read of those before it.</summary>
    /// <exception cref="InvalidOperationException">The workflow is gone.</exception>
    public Task<IReadOnlyList<JobInput>> InputsAsync(WorkflowPlace place, CancellationToken cancellationToken) =>
        ReadAsync(place.Workflow, shape => shape.InputsOf(shape[place.Node]), cancellationToken);

    /// <summary>What the last step of a workflow came to.</summary>
    /// <inheritdoc cref="InputsAsync"/>
    public Task<IReadOnlyList<JobInput>> OutputsAsync(WorkflowId id, CancellationToken cancellationToken) =>
        ReadAsync(id, shape => shape.OutputsOf(shape.Root), cancellationToken);

    private async Task<IReadOnlyList<JobInput>> ReadAsync(WorkflowId id, Func<WorkflowShape, IEnumerable<WorkflowNode>> select, CancellationToken cancellationToken)
    {
        var shape = await ShapeAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Nothing is known of workflow {id} any more, so nor are the results of its jobs.");
        WorkflowNode[] nodes = [.. select(shape)];
        var results = await store.ResultsAsync(id, Array.ConvertAll(nodes, node => node.Number), cancellationToken).ConfigureAwait(false);
        var found = await JobsAsync(id, shape, nodes, cancellationToken).ConfigureAwait(false);
        return [.. found.Select((job, i) => new JobInput(job, results[i], json.Value.SerializerOptions))];
    }

    /// <summary>Null: the workflow is gone, although a store may still remember its shape.</summary>
    private async Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken) =>
        await store.StatusAsync(id, cancellationToken).ConfigureAwait(false) is null ? null : await store.ShapeAsync(id, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<WorkflowJob>> JobsAsync(WorkflowId id, WorkflowShape shape, WorkflowNode[] nodes, CancellationToken cancellationToken)
    {
        int[] around = [.. nodes.SelectMany(shape.Around).Select(node => node.Number).Distinct()];
        var states = await store.StatesAsync(id, [.. nodes.Select(node => node.Number), .. around], cancellationToken).ConfigureAwait(false);
        var ended = around.Where((_, i) => states[nodes.Length + i].Ended is not null).ToHashSet();
        return [.. nodes.Select((node, i) => new WorkflowJob(
            new WorkflowPlace(id, node.Number).JobIn(node.Queue), node.Name,
            StateOf(states[i], isOver: shape.Around(node).Any(parent => ended.Contains(parent.Number))),
            states[i].Error is { Length: > 0 } error ? error : null))];
    }

    private static WorkflowJobState StateOf(NodeState state, bool isOver) => state switch
    {
        { Ended: JobState.Succeeded } => WorkflowJobState.Succeeded,
        { Ended: JobState.Failed } => WorkflowJobState.Failed,
        { Ended: JobState.Cancelled } => WorkflowJobState.Cancelled,
        { Ended: JobState.Expired } => WorkflowJobState.Expired,
        { HasBegun: true } => WorkflowJobState.Begun,
        _ => isOver ? WorkflowJobState.Skipped : WorkflowJobState.Waiting,
    };
}
