using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>A workflow that was drawn, and how it has to end: said once more, without events and queues.</summary>
internal sealed record RandomWorkflow(string Name, bool IsChain, WorkflowFailurePolicy Policy, IReadOnlyList<RandomWorkflow> Members)
{
    private bool IsJob => Name.Length > 0;

    public static bool Fails(string name) => name.StartsWith("bad", StringComparison.Ordinal);

    public static RandomWorkflow Of(Random random, int depth)
    {
        var number = 0;
        // Without any job it is refused, so there is one at least.
        return new RandomWorkflow("", true, DrawPolicy(random), [Job(), .. Enumerable.Range(0, random.Next(3)).Select(_ => Member(depth + 1))]);

        RandomWorkflow Job() => new($"{(random.Next(6) == 0 ? "bad" : "good")}{number++}", false, default, []);

        RandomWorkflow Member(int at) => at > 3 || random.Next(2) == 0
            ? Job()
            : new RandomWorkflow("", random.Next(2) == 0, DrawPolicy(random), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Member(at + 1))]);
    }

    public Workflow Workflow => IsJob ? Flasky.Jobs.Workflow.Job(new Part(Name))
        : (IsChain ? Flasky.Jobs.Workflow.Chain(Members.Select(member => member.Workflow)) : Flasky.Jobs.Workflow.Group(Members.Select(member => member.Workflow))).OnFailure(Policy);

    public WorkflowState End => IsJob ? Fails(Name) ? WorkflowState.Failed : WorkflowState.Succeeded : IsChain ? EndOfChain() : EndOfGroup();

    /// <summary>Whether no step of a chain ran before the one before it had.</summary>
    public bool IsInOrder(IReadOnlyList<string> ran)
    {
        var places = Members.Select(member => member.Jobs.Select(job => ran.IndexOf(job)).Where(place => place >= 0).ToList()).Where(found => found.Count > 0).ToList();
        return Members.All(member => member.IsInOrder(ran))
            && (!IsChain || places.Zip(places.Skip(1)).All(steps => steps.First.Max() < steps.Second.Min()));
    }

    public override string ToString() => IsJob ? Name : $"{Policy}{(IsChain ? "[" : "{")} {string.Join(' ', Members)} {(IsChain ? "]" : "}")}";

    private IEnumerable<string> Jobs => IsJob ? [Name] : Members.SelectMany(member => member.Jobs);

    private static WorkflowFailurePolicy DrawPolicy(Random random) => (WorkflowFailurePolicy)random.Next(3);

    private WorkflowState EndOfMember(RandomWorkflow member) =>
        member.End == WorkflowState.Failed && member.IsJob && Policy == WorkflowFailurePolicy.Hold ? WorkflowState.Held : member.End;

    private WorkflowState EndOfChain()
    {
        var last = WorkflowState.Succeeded;
        foreach (var member in Members)
        {
            last = EndOfMember(member);
            if (last == WorkflowState.Held || (last == WorkflowState.Failed && Policy != WorkflowFailurePolicy.Continue))
                break;
        }
        return last;
    }

    private WorkflowState EndOfGroup()
    {
        var ends = Members.Select(EndOfMember).ToHashSet();
        return ends.Contains(WorkflowState.Failed) && Policy != WorkflowFailurePolicy.Continue ? WorkflowState.Failed
            : ends.Contains(WorkflowState.Held) ? WorkflowState.Held : WorkflowState.Succeeded;
    }
}

internal static class Places
{
    public static int IndexOf(this IReadOnlyList<string> names, string name) => names.TakeWhile(other => other != name).Count() is var place && place < names.Count ? place : -1;
}
