using Flasky.Jobs.Workflows;

namespace Flasky.Jobs;

/// <summary>
/// Jobs that belong together: one after another, side by side, or nested in any way. Immutable; nothing happens until
/// <see cref="IWorkflows.StartAsync"/>. A job that follows others reads their results with <c>context.GetResultsAsync&lt;T&gt;()</c>.
/// </summary>
/// <example><code>
/// Workflow.Chain(new CollectFigures(year))
///     .Then(Workflow.Group(sections.Select(section => new WriteSection(section))))
///     .Then(new BindReport(year));
/// </code></example>
public abstract class Workflow
{
    private protected Workflow()
    {
    }

    /// <summary>What follows when a member does not succeed. Null: as the workflow around it says, and the outermost one stops.</summary>
    internal WorkflowFailurePolicy? Policy { get; private protected init; }

    /// <summary>One job, where options are needed or a workflow is expected.</summary>
    /// <param name="job">Any job, with or without a result.</param>
    /// <param name="options">
    /// Null: the defaults. Times count from when it is the job's turn. An id, a unique key and debouncing are refused: a member has an id of its
    /// own and must not turn into another job.
    /// </param>
    public static Workflow Job(IJob job, EnqueueOptions? options = null) => new JobStep(Checked(job), options);

    /// <summary>One after another; each can read the results of the one before it.</summary>
    public static Workflow Chain(params IEnumerable<IJob> jobs) => Chain(Steps(jobs));

    /// <inheritdoc cref="Chain(IEnumerable{IJob})"/>
    public static Workflow Chain(params IEnumerable<Workflow> steps) => new Composite(NodeKind.Chain, [.. steps.Select(Checked)]);

    /// <summary>Side by side, in no particular order. All see the results of what came before the group. May be empty.</summary>
    public static Workflow Group(params IEnumerable<IJob> jobs) => Group(Steps(jobs));

    /// <inheritdoc cref="Group(IEnumerable{IJob})"/>
    public static Workflow Group(params IEnumerable<Workflow> members) => new Composite(NodeKind.Group, [.. members.Select(Checked)]);

    /// <summary>A group, then one job that gets the results of all, once, in their order: short for <c>Group(jobs).Then(callback)</c>.</summary>
    public static Workflow Chord(IEnumerable<IJob> jobs, IJob callback) => Group(jobs).Then(callback);

    /// <summary>This, then one more job.</summary>
    public Workflow Then(IJob next, EnqueueOptions? options = null) => Then(Job(next, options));

    /// <summary>This, then one more workflow.</summary>
    public Workflow Then(Workflow next) => this is Composite { Kind: NodeKind.Chain, Policy: null } chain
        ? new Composite(NodeKind.Chain, [.. chain.Members, Checked(next)])
        : new Composite(NodeKind.Chain, [this, Checked(next)]);

    /// <summary>
    /// The same with another failure policy, for it and for what is nested in it and says nothing else. It is about the members of a chain or
    /// group; said of a single job it changes nothing.
    /// </summary>
    public abstract Workflow OnFailure(WorkflowFailurePolicy policy);

    private static IEnumerable<Workflow> Steps(IEnumerable<IJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return jobs.Select(job => Job(job));
    }

    private static T Checked<T>(T item) where T : class => item ?? throw new ArgumentNullException(nameof(item), "A workflow has no empty places.");

    internal sealed class JobStep(IJob job, EnqueueOptions? options) : Workflow
    {
        public IJob Arguments => job;

        public EnqueueOptions? Options => options;

        public override Workflow OnFailure(WorkflowFailurePolicy policy) => this;
    }

    internal sealed class Composite(NodeKind kind, Workflow[] members) : Workflow
    {
        public NodeKind Kind => kind;

        public IReadOnlyList<Workflow> Members => members;

        public override Workflow OnFailure(WorkflowFailurePolicy policy) => Enum.IsDefined(policy)
            ? new Composite(kind, members) { Policy = policy }
            : throw new ArgumentOutOfRangeException(nameof(policy), policy, "There is no such failure policy.");
    }
}
