namespace Flasky.Jobs.Workflows;

/// <summary>What one report leads to: the nodes that end with it, from the inside out, and the jobs whose turn comes.</summary>
/// <param name="cause">The report's node.</param>
internal sealed class Advance(WorkflowId id, WorkflowShape shape, IWorkflowStore store, int cause)
{
    private readonly Queue<NodeEnding> ends = new();
    private readonly List<WorkflowNode> ready = [];

    /// <summary>The jobs to begin.</summary>
    public IReadOnlyList<WorkflowNode> Ready => ready;

    /// <summary>The outermost node in which everything is to be cancelled. Null: none.</summary>
    public WorkflowNode? Stopped { get; set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Begin(shape.Root);
        return FollowAsync(cancellationToken);
    }

    public Task EndAsync(WorkflowNode job, JobState state, string error, string result, CancellationToken cancellationToken)
    {
        End(job, state, error, result);
        return FollowAsync(cancellationToken);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (ends.TryDequeue(out var ending))
        {
            // What follows from a failure is for the report that brought it, or each cancelled member would cancel all others again. But success may be
            // noted by a worker that only repeats a settled report and dies: whoever sees it has to carry on.
            if (await store.EndAsync(id, ending, cancellationToken).ConfigureAwait(false) is { } noted
                && (noted.Cause == cause || noted.State == JobState.Succeeded))
                Follow(ending.Node, noted);
        }
    }

    private void Follow(WorkflowNode node, NodeEnd noted)
    {
        if (node.Parent < 0)
            return;
        var parent = shape[node.Parent];
        var succeeded = noted.State == JobState.Succeeded;
        if (!succeeded && parent.Policy == WorkflowFailurePolicy.Hold && node.Kind == NodeKind.Job && noted.State == JobState.Failed)
            return;
        if (!succeeded && parent.Policy != WorkflowFailurePolicy.Continue)
        {
            Stopped = parent;
            End(parent, JobState.Failed, ErrorOf(node, noted));
        }
        else if (parent.Kind == NodeKind.Group)
        {
            if (noted.Done == parent.Members)
                End(parent, JobState.Succeeded);
        }
        else if (shape.After(node) is { } next)
        {
            Begin(next);
        }
        else
        {
            End(parent, succeeded ? JobState.Succeeded : JobState.Failed, succeeded ? "" : ErrorOf(node, noted));
        }
    }

    private void Begin(WorkflowNode node)
    {
        if (node.Kind == NodeKind.Job)
        {
            ready.Add(node);
        }
        else if (node.Members == 0)
        {
            End(node, JobState.Succeeded);
        }
        else
        {
            foreach (var member in shape.MembersOf(node).Take(node.Kind == NodeKind.Chain ? 1 : node.Members))
                Begin(member);
        }
    }

    private void End(WorkflowNode node, JobState state, string error = "", string result = "") =>
        ends.Enqueue(new NodeEnding(node, node.Parent < 0 ? node.Policy : shape[node.Parent].Policy, state, cause, error, result));

    /// <summary>Said of the job where it began, however far out it is told.</summary>
    private string ErrorOf(WorkflowNode node, NodeEnd noted) => node.Kind != NodeKind.Job ? noted.Error
        : $"Job {node.Name} {new WorkflowPlace(id, node.Number).JobIn(node.Queue)} ended as {noted.State.ToString().ToLowerInvariant()}{(noted.Error.Length > 0 ? $": {noted.Error}" : ".")}";
}
