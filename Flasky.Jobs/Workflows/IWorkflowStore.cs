namespace Flasky.Jobs.Workflows;

/// <summary>
/// Where workflows live. Everything that decides is in <see cref="WorkflowEngine"/>; a store keeps, atomically, what it says. Each method may be
/// repeated without harm, and throws <see cref="JobQueueUnavailableException"/> when there is no answer in time. Thread-safe.
/// </summary>
internal interface IWorkflowStore
{
    /// <summary>Stores a workflow and enqueues the report that starts it; nothing if there is one of that id.</summary>
    Task CreateAsync(WorkflowDefinition definition, CancellationToken cancellationToken);

    /// <summary>Null: it is gone. A store may remember the shape of one that is.</summary>
    Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a node ended, unless that is noted; only a dead job that its parent holds can still end in another way. A node that succeeded, or whose parent
    /// continues in any case, counts once as a done member of its parent. The end of node 0 is that of the workflow.
    /// </summary>
    /// <returns>What is noted now. Null: the workflow is gone.</returns>
    Task<NodeEnd?> EndAsync(WorkflowId id, NodeEnding ending, CancellationToken cancellationToken);

    /// <summary>Notes those jobs as begun that are not yet and around which nothing has ended.</summary>
    /// <returns>Those that have to be enqueued, or perhaps were but nobody knows.</returns>
    Task<IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)>> BeginAsync(WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken);

    /// <summary>Notes that jobs are in their queues.</summary>
    Task BegunAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken);

    Task<IReadOnlyList<NodeState>> StatesAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken);

    /// <returns>JSON; null for none.</returns>
    Task<IReadOnlyList<string?>> ResultsAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken);

    /// <summary>Null: it is gone.</summary>
    Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken);

    /// <summary>The status now, and again whenever it has changed, until the end.</summary>
    IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, CancellationToken cancellationToken);
}

/// <summary>What is to be noted of a node's end.</summary>
/// <param name="Node">The node.</param>
/// <param name="ParentPolicy">That of the node around it, or its own if it is the outermost.</param>
/// <param name="State">How it ended.</param>
/// <param name="Cause">The number of the job whose end leads to this one; or <see cref="WorkflowEngine.Start"/> or <see cref="WorkflowEngine.Cancel"/>.</param>
/// <param name="Error">For people; empty for none.</param>
/// <param name="Result">JSON; empty for none.</param>
internal sealed record NodeEnding(WorkflowNode Node, WorkflowFailurePolicy ParentPolicy, JobState State, int Cause, string Error = "", string Result = "")
{
    /// <summary>Enqueued in the workflow's queue in the same step, if the end is noted now. Null: nothing.</summary>
    public WorkflowReport? Along { get; init; }
}

/// <summary>What is noted of a node's end.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Cause">Whose report led to it.</param>
/// <param name="Done">How many members of the node around it are done.</param>
/// <param name="Error">For people; empty for none.</param>
internal readonly record struct NodeEnd(JobState State, int Cause, int Done, string Error);

/// <summary>Where a node is.</summary>
/// <param name="HasBegun">Whether it was begun at all.</param>
/// <param name="Ended">How it ended. Null: it has not.</param>
/// <param name="Error">For people; empty for none.</param>
internal readonly record struct NodeState(bool HasBegun, JobState? Ended, string Error);
