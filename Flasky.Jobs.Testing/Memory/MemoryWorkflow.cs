using System.Text;
using Flasky.Jobs.Workflows;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>One workflow, in memory: what the workflow scripts note in Redis. Not thread-safe; <see cref="MemoryWorkflowStore"/> guards it.</summary>
internal sealed class MemoryWorkflow(WorkflowDefinition definition, DateTimeOffset startedAt)
{
    private readonly Dictionary<int, string> members = definition.Members.ToDictionary(member => member.Node, member => member.Member);

    /// <summary>Jobs that have begun by node, and whether they are known to be in their queues.</summary>
    private readonly Dictionary<int, bool> begun = [];

    private readonly Dictionary<int, NodeEnd> ends = [];
    private readonly Dictionary<int, int> done = [];
    private readonly Dictionary<int, string> results = [];
    private WorkflowStatus status = new()
    {
        Id = definition.Id, State = WorkflowState.Running, Jobs = definition.Members.Count, SucceededJobs = 0, FailedJobs = 0, StartedAt = startedAt,
    };

    private int held;
    private long bytes;

    public WorkflowShape Shape => definition.Shape;

    public WorkflowStatus Status => status.State == WorkflowState.Running && held > 0 ? status with { State = WorkflowState.Held } : status;

    /// <summary>As workflow-end.lua.</summary>
    /// <returns>What is noted now, and whether it was noted by this.</returns>
    public (NodeEnd End, bool IsNew) End(NodeEnding ending, int mostBytes, DateTimeOffset now)
    {
        var node = ending.Node;
        JobState? was = ends.TryGetValue(node.Number, out var before) ? before.State : null;
        var isHeld = was == JobState.Failed && node.Kind == NodeKind.Job && ending.ParentPolicy == WorkflowFailurePolicy.Hold;
        var isNew = was is null || (isHeld && ending.State != JobState.Failed);
        if (isNew)
        {
            var (state, error) = Keep(ending, mostBytes);
            ends[node.Number] = new NodeEnd(state, ending.Cause, 0, error);
            if (node.Kind == NodeKind.Job)
                Count(state, isHeld, ending.ParentPolicy == WorkflowFailurePolicy.Hold);
            if (node.Parent < 0)
                status = status with { State = StateOf(state), EndedAt = now, Error = error.Length > 0 ? error : null };
            else if (state == JobState.Succeeded || ending.ParentPolicy == WorkflowFailurePolicy.Continue)
                done[node.Parent] = done.GetValueOrDefault(node.Parent) + 1;
        }
        return (ends[node.Number] with { Done = done.GetValueOrDefault(node.Parent) }, isNew);
    }

    /// <summary>As workflow-begin.lua.</summary>
    public IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)> Begin(IReadOnlyList<WorkflowNode> jobs)
    {
        WorkflowNode[] beginning = [.. jobs.Where(job =>
            !ends.ContainsKey(job.Number) && !begun.GetValueOrDefault(job.Number) && !Shape.Around(job).Any(outer => ends.ContainsKey(outer.Number)))];
        foreach (var job in beginning)
            begun[job.Number] = false;
        return [.. beginning.Select(job => (job, WorkflowMember.Read(members[job.Number])))];
    }

    /// <summary>As workflow-begun.lua.</summary>
    public void Begun(IEnumerable<int> nodes)
    {
        foreach (var node in nodes)
            begun[node] = true;
    }

    public NodeState State(int node) => ends.TryGetValue(node, out var end)
        ? new NodeState(HasBegun: true, end.State, end.Error) : new NodeState(begun.ContainsKey(node), null, "");

    public string? Result(int node) => results.GetValueOrDefault(node);

    private (JobState State, string Error) Keep(NodeEnding ending, int mostBytes)
    {
        if (ending.Result.Length == 0)
            return (ending.State, ending.Error);
        bytes += Encoding.UTF8.GetByteCount(ending.Result);
        if (bytes > mostBytes)
            return (JobState.Failed, $"With this result, those of the workflow take more than {mostBytes} bytes (Flasky:Jobs:MaxWorkflowBytes).");
        results[ending.Node.Number] = ending.Result;
        return (ending.State, ending.Error);
    }

    private void Count(JobState state, bool wasHeld, bool holds)
    {
        var (succeeded, failed) = (state == JobState.Succeeded, state == JobState.Failed);
        status = status with
        {
            SucceededJobs = status.SucceededJobs + (succeeded ? 1 : 0),
            FailedJobs = status.FailedJobs + (succeeded ? wasHeld ? -1 : 0 : wasHeld ? 0 : 1),
        };
        if (holds && failed != wasHeld)
            held += wasHeld ? -1 : 1;
    }

    private static WorkflowState StateOf(JobState state) => state switch
    {
        JobState.Succeeded => WorkflowState.Succeeded,
        JobState.Cancelled => WorkflowState.Cancelled,
        _ => WorkflowState.Failed,
    };
}
