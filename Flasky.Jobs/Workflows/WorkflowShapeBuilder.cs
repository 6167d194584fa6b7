using System.Globalization;

namespace Flasky.Jobs.Workflows;

/// <summary>Numbers the nodes of a workflow as they come. For one thread.</summary>
internal sealed class WorkflowShapeBuilder
{
    private readonly List<WorkflowNode> nodes = [];
    private readonly Stack<WorkflowNode> open = new();

    public int Depth => open.Count;

    public void Open(NodeKind kind, WorkflowFailurePolicy policy) => open.Push(Append(NewNode(kind) with { Policy = policy }));

    public WorkflowNode Job(string queue, string name)
    {
        var job = Append(NewNode(NodeKind.Job) with { Queue = queue, Name = name });
        job.End = nodes.Count;
        return job;
    }

    public void Close() => open.Pop().End = nodes.Count;

    /// <summary>One word of a shape's text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public void Add(string word)
    {
        if (open.Count > 0 && word is ("]" or "}"))
        {
            Close();
            return;
        }
        if (word is [.., '[' or '{'])
        {
            Open(word[^1] == '[' ? NodeKind.Chain : NodeKind.Group, Policy(word[..^1]));
            return;
        }
        var (colon, star) = (word.IndexOf(':', StringComparison.Ordinal), word.IndexOf('*', StringComparison.Ordinal));
        if (colon < 0 || open.Count == 0)
            throw new FormatException($"'{word}' is no part of a workflow that this version knows.");
        var count = star < 0 ? 1 : int.Parse(word.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
            Job(word[..colon], star < 0 ? word[(colon + 1)..] : word[(colon + 1)..star]);
    }

    public WorkflowShape Build() => open.Count == 0 && nodes.Count > 0 && nodes[0].End == nodes.Count
        ? new WorkflowShape(nodes) : throw new FormatException("The workflow's brackets do not match.");

    public static string PolicyName(WorkflowFailurePolicy policy) => policy switch
    {
        WorkflowFailurePolicy.Stop => "stop",
        WorkflowFailurePolicy.Continue => "continue",
        _ => "hold",
    };

    private static WorkflowFailurePolicy Policy(string name) => name switch
    {
        "stop" => WorkflowFailurePolicy.Stop,
        "continue" => WorkflowFailurePolicy.Continue,
        "hold" => WorkflowFailurePolicy.Hold,
        _ => throw new FormatException($"'{name}' is no failure policy that this version knows."),
    };

    private WorkflowNode NewNode(NodeKind kind) =>
        new(nodes.Count, kind, open.TryPeek(out var parent) ? parent.Number : -1, parent?.Last ?? -1);

    private WorkflowNode Append(WorkflowNode node)
    {
        if (open.TryPeek(out var parent))
            (parent.Members, parent.Last) = (parent.Members + 1, node.Number);
        nodes.Add(node);
        return node;
    }
}
