using System.Text;

namespace Flasky.Jobs.Workflows;

internal enum NodeKind
{
    Job,
    Chain,
    Group,
}

/// <summary>One job, chain or group of a workflow. Numbers count from the outermost inwards and from first to last, so all that is in a node follows it.</summary>
/// <param name="Parent">The number of the node around it; -1 for the outermost.</param>
/// <param name="Previous">The number of the one before it in the same parent; -1 for the first.</param>
internal sealed record WorkflowNode(int Number, NodeKind Kind, int Parent, int Previous)
{
    /// <summary>What follows when a member fails. Of no meaning for a job.</summary>
    public WorkflowFailurePolicy Policy { get; init; }

    /// <summary>A job's; else empty.</summary>
    public string Queue { get; init; } = "";

    /// <summary>A job's wire name; else empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The number behind the last node in it.</summary>
    public int End { get; set; }

    /// <summary>How many members it has.</summary>
    public int Members { get; set; }

    /// <summary>The number of its last member; -1 for none.</summary>
    public int Last { get; set; } = -1;
}

/// <summary>
/// What follows what in a workflow. Immutable. As text, <c>stop[ reports:report.collect continue{ reports:report.section*10000 } reports:report.bind ]</c>:
/// chains in brackets, groups in braces, equal neighbours counted, so ten thousand jobs take as little room as one.
/// </summary>
internal sealed class WorkflowShape(IReadOnlyList<WorkflowNode> nodes)
{
    public WorkflowNode Root => nodes[0];

    public WorkflowNode this[int number] => nodes[number];

    public WorkflowNode? After(WorkflowNode node) => node.End < nodes[node.Parent].End ? nodes[node.End] : null;

    public IEnumerable<WorkflowNode> MembersOf(WorkflowNode node)
    {
        for (var member = node.Number + 1; member < node.End; member = nodes[member].End)
            yield return nodes[member];
    }

    public IEnumerable<WorkflowNode> JobsIn(WorkflowNode node) =>
        Enumerable.Range(node.Number, node.End - node.Number).Select(number => nodes[number]).Where(inner => inner.Kind == NodeKind.Job);

    /// <summary>From the next one outwards.</summary>
    public IEnumerable<WorkflowNode> Around(WorkflowNode node)
    {
        for (var parent = node.Parent; parent >= 0; parent = nodes[parent].Parent)
            yield return nodes[parent];
    }

    /// <summary>The jobs whose results a node can read: those that the step before it in the nearest chain ends with.</summary>
    public IEnumerable<WorkflowNode> InputsOf(WorkflowNode node)
    {
        for (var inner = node; inner.Parent >= 0; inner = nodes[inner.Parent])
        {
            if (inner.Previous >= 0 && nodes[inner.Parent].Kind == NodeKind.Chain)
                return OutputsOf(nodes[inner.Previous]);
        }
        return [];
    }

    /// <summary>The jobs that a node ends with: the last of a chain, all of a group.</summary>
    public IEnumerable<WorkflowNode> OutputsOf(WorkflowNode node) => node switch
    {
        { Kind: NodeKind.Job } => [node],
        { Kind: NodeKind.Group } => MembersOf(node).SelectMany(OutputsOf),
        { Last: >= 0 } => OutputsOf(nodes[node.Last]),
        _ => [],
    };

    /// <exception cref="FormatException">The text is none that this version wrote.</exception>
    public static WorkflowShape Parse(string text)
    {
        var builder = new WorkflowShapeBuilder();
        foreach (var word in text.Split(' '))
            builder.Add(word);
        return builder.Build();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(Root, text);
        return text.ToString();
    }

    private void Write(WorkflowNode node, StringBuilder text)
    {
        var (open, close) = node.Kind == NodeKind.Chain ? ('[', ']') : ('{', '}');
        text.Append(WorkflowShapeBuilder.PolicyName(node.Policy)).Append(open);
        WorkflowNode? counted = null;
        var count = 0;
        foreach (var member in MembersOf(node).Append(null))
        {
            if (member is { Kind: NodeKind.Job } && counted is not null && (member.Queue, member.Name) == (counted.Queue, counted.Name))
            {
                count++;
                continue;
            }
            if (counted is not null)
                text.Append(' ').Append(counted.Queue).Append(':').Append(counted.Name).Append(count > 1 ? $"*{count}" : "");
            (counted, count) = (member is { Kind: NodeKind.Job } ? member : null, 1);
            if (member is { Kind: not NodeKind.Job })
                Write(member, text.Append(' '));
        }
        text.Append(' ').Append(close);
    }
}
