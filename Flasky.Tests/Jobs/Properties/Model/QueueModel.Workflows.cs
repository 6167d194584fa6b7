using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    private readonly Dictionary<string, ModelWorkflow> workflows = [];
    private readonly HashSet<string> reports = [];

    /// <summary>Tells the name of the report that a job's end makes: by its id, its state and the attempts it used.</summary>
    public required Func<string, JobState, int, string> NameReport { get; init; }

    public IReadOnlyDictionary<string, ModelWorkflow> Workflows => workflows;

    /// <summary>The one kind of job that may be there twice: it says the same both times.</summary>
    public bool IsReport(string id) => reports.Contains(id);

    /// <param name="report">The one that starts it.</param>
    public void AddWorkflow(string name, WorkflowShape shape, int keptFor, string report)
    {
        workflows[name] = new ModelWorkflow(shape, keptFor);
        workflows[name].Keep(Now);
        AddReport(name, report);
    }

    /// <returns>Those that are to be enqueued, or perhaps were.</returns>
    public IReadOnlyList<int> Begin(string name, IEnumerable<int> jobs)
    {
        if (workflows.GetValueOrDefault(name) is not { } workflow)
            return [];
        int[] begun = [.. jobs.Where(job => !workflow.Begun.GetValueOrDefault(job) && !workflow.Ends.ContainsKey(job)
            && !workflow.Shape.Around(workflow.Shape[job]).Any(outer => workflow.Ends.ContainsKey(outer.Number)))];
        foreach (var job in begun)
            workflow.Begun[job] = false;
        workflow.Keep(Now);
        return begun;
    }

    /// <summary>Those are in their queues.</summary>
    public void Begun(string name, IEnumerable<int> jobs)
    {
        foreach (var job in jobs.Where(job => workflows.GetValueOrDefault(name)?.Begun.ContainsKey(job) == true))
            workflows[name].Begun[job] = true;
    }

    /// <param name="along">The report that goes along. Null: none.</param>
    /// <returns>What is noted now. Null: the workflow is gone.</returns>
    public NodeEnd? End(string name, NodeEnding ending, string? along)
    {
        if (workflows.GetValueOrDefault(name) is not { } workflow)
            return null;
        var (node, state, holds) = (ending.Node, ending.State, ending.ParentPolicy == WorkflowFailurePolicy.Hold);
        var was = workflow.Ends.TryGetValue(node.Number, out var noted) ? noted.State : (JobState?)null;
        var waited = was == JobState.Failed && holds && node.Kind == NodeKind.Job;
        if (was is null || (waited && state != JobState.Failed))
        {
            workflow.Ends[node.Number] = new NodeEnd(state, ending.Cause, 0, ending.Error);
            if (node.Kind == NodeKind.Job)
                Count(workflow, state, waited, holds);
            if (node.Parent < 0)
                workflow.End(Now);
            else if (state == JobState.Succeeded || ending.ParentPolicy == WorkflowFailurePolicy.Continue)
                workflow.Done[node.Parent] = workflow.Done.GetValueOrDefault(node.Parent) + 1;
            if (along is not null)
                AddReport(name, along);
            workflow.Keep(Now);
        }
        return workflow.Ends[node.Number] with { Done = workflow.Done.GetValueOrDefault(node.Parent) };
    }

    /// <summary>The hours until a job might be enqueued again that nobody knows to be in its queue: by then its id counts as new.</summary>
    public int MostWait => workflows.SelectMany(workflow => workflow.Value.Shape.JobsIn(workflow.Value.Shape.Root)
            .Where(job => workflow.Value.Begun.TryGetValue(job.Number, out var known) && !known && !workflow.Value.Ends.ContainsKey(job.Number))
            .Select(job => seen.GetValueOrDefault(MemberOf(workflow.Key, job.Number), Now + Terms.DeduplicationWindow)))
        .Select(until => until - Now - (2 * Terms.Lease)).DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>Tells the name of a job of a workflow.</summary>
    public required Func<string, int, string> MemberOf { get; init; }

    /// <summary>Tells its workflow, if it has one, how a job ended: in the step that ends it.</summary>
    private void Report(ModelJob job, JobState state, int attempt)
    {
        if (job.Member is { } member)
            AddReport(member.Workflow, NameReport(job.Id, state, attempt));
    }

    private void AddReport(string workflow, string id)
    {
        reports.Add(id);
        AddReady(new ModelJob(id, 0, new Wishes { Priority = JobPriority.Critical }, null) { Reports = workflow });
    }

    private static void Count(ModelWorkflow workflow, JobState state, bool waited, bool holds)
    {
        if (state == JobState.Succeeded)
            (workflow.Succeeded, workflow.Failed) = (workflow.Succeeded + 1, workflow.Failed - (waited ? 1 : 0));
        else if (!waited)
            workflow.Failed++;
        if (holds && (waited || state == JobState.Failed))
            workflow.Held += waited ? -1 : 1;
    }

    /// <summary>A report that no worker lived to settle is kept as dead; its workflow may wait for it for ever.</summary>
    private void Abandon(ModelJob job)
    {
        if (job.Reports is { } name && workflows.GetValueOrDefault(name) is { } workflow)
            workflow.IsAbandoned = true;
    }
}
