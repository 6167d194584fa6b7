using System.Text;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Workflows;

/// <summary>Makes what is stored of what the caller wrote down, and refuses what is too much. For one workflow.</summary>
internal sealed class WorkflowCompiler(WorkflowId id, IJobQueue jobs, FlaskyJobsOptions options, DateTimeOffset now)
{
    /// <summary>Composites in each other. Far more than anybody reads; keeps walks along a path short.</summary>
    public const int MaxDepth = 16;

    private readonly WorkflowShapeBuilder shape = new();
    private readonly List<(int Node, string Member)> members = [];
    private TimeSpan longestDelay;
    private long bytes;

    /// <summary>The queue of the first job, where the state lives if nobody says otherwise.</summary>
    /// <exception cref="ArgumentException">There is no job.</exception>
    public static string FirstQueue(Workflow workflow) => FirstJob(workflow, 0) is { } first
        ? first.Options?.Queue ?? JobNames.Of(first.Arguments).Queue
        : throw new ArgumentException("The workflow has no jobs.", nameof(workflow));

    /// <exception cref="ArgumentException">It is too much, or a job has options that a member cannot have.</exception>
    public WorkflowDefinition Compile(Workflow workflow)
    {
        // The outermost is always a chain or group: only they have a policy.
        Add(workflow is Workflow.JobStep ? Workflow.Chain([workflow]) : workflow, WorkflowFailurePolicy.Stop);
        return new WorkflowDefinition(id, shape.Build(), members, longestDelay);
    }

    private static Workflow.JobStep? FirstJob(Workflow workflow, int depth)
    {
        CheckDepth(depth);
        return workflow as Workflow.JobStep
            ?? ((Workflow.Composite)workflow).Members.Select(member => FirstJob(member, depth + 1)).FirstOrDefault(job => job is not null);
    }

    private void Add(Workflow workflow, WorkflowFailurePolicy inherited)
    {
        if (workflow is Workflow.JobStep step)
        {
            AddJob(step);
            return;
        }
        var composite = (Workflow.Composite)workflow;
        var policy = composite.Policy ?? inherited;
        CheckDepth(shape.Depth + 1);
        shape.Open(composite.Kind, policy);
        foreach (var member in composite.Members)
            Add(member, policy);
        shape.Close();
    }

    private void AddJob(Workflow.JobStep step)
    {
        if (step.Options is { Id: not null } or { Unique: not null } or { Debounce: not null })
            throw new ArgumentException($"The job '{JobNames.Of(step.Arguments).Name}' is part of a workflow: it can have no Id, Unique or Debounce.", nameof(step));
        if (members.Count == options.MaxWorkflowJobs)
            throw new ArgumentException($"The workflow has more than {options.MaxWorkflowJobs:N0} jobs (Flasky:Jobs:MaxWorkflowJobs). Let each job do more, or start several workflows.", nameof(step));
        var envelope = jobs.Create(step.Arguments, step.Options);
        var node = shape.Job(envelope.Id.Queue, envelope.Name);
        var member = WorkflowMember.From(envelope, new WorkflowPlace(id, node.Number), step.Options);
        var text = member.Write();
        members.Add((node.Number, text));
        bytes += Encoding.UTF8.GetByteCount(text);
        if (bytes > options.MaxWorkflowBytes)
            throw new ArgumentException($"The workflow's jobs take more than {options.MaxWorkflowBytes:N0} bytes (Flasky:Jobs:MaxWorkflowBytes). Store the data and pass its keys.", nameof(step));
        if ((member.Delay ?? member.At - now) is { } delay && delay > longestDelay)
            longestDelay = delay;
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
            throw new ArgumentException($"The workflow is nested more than {MaxDepth} levels deep.", nameof(depth));
    }
}
