using System.Runtime.CompilerServices;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The workflows of the host under test. Thread-safe.</summary>
/// <param name="services">For what needs this store itself.</param>
internal sealed class MemoryWorkflowStore(
    MemoryStore store, JobTestingOptions testing, IOptions<FlaskyJobsOptions> options, TimeProvider time, IServiceProvider services) : IWorkflowStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<WorkflowId, MemoryWorkflow> workflows = [];

    public async Task CreateAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        store.BeginSend();
        var start = new WorkflowReport(definition.Id.ToString(), WorkflowReport.Whole, WireState.Write(JobState.Running));
        var runs = testing.Mode != JobTestingMode.Record;
        var isNew = store.ChangeWorkflow(definition.Id.Queue, () => Create(definition) ? (true, runs ? start : null) : (false, null));
        // Where nothing runs, the jobs that would begin are to be recorded all the same.
        if (isNew && !runs)
            await services.GetRequiredService<WorkflowEngine>().ApplyAsync(start, cancellationToken).ConfigureAwait(false);
        await services.GetRequiredService<MemoryWorker>().FollowInlineAsync().ConfigureAwait(false);
    }

    public Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken) => Read(id, workflow => workflow?.Shape);

    public Task<NodeEnd?> EndAsync(WorkflowId id, NodeEnding ending, CancellationToken cancellationToken) => Task.FromResult(store.ChangeWorkflow<NodeEnd?>(id.Queue, () =>
    {
        lock (gate)
        {
            if (Find(id) is not { } workflow)
                return (null, null);
            var (end, isNew) = workflow.End(ending, options.Value.MaxWorkflowBytes, time.GetUtcNow());
            return (end, isNew ? ending.Along : null);
        }
    }));

    public Task<IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)>> BeginAsync(
        WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken) => Read(id, workflow => workflow?.Begin(jobs) ?? []);

    public Task BegunAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) => Read(id, workflow =>
    {
        workflow?.Begun(nodes);
        return true;
    });

    public Task<IReadOnlyList<NodeState>> StatesAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<NodeState>>(id, workflow => [.. nodes.Select(node => workflow?.State(node) ?? default)]);

    public Task<IReadOnlyList<string?>> ResultsAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<string?>>(id, workflow => [.. nodes.Select(node => workflow?.Result(node))]);

    public Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken) => Read(id, workflow => workflow?.Status);

    public async IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WorkflowStatus? last = null;
        while (last?.HasEnded != true)
        {
            var changed = store.Changed;
            var status = await StatusAsync(id, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Nothing is known of workflow {id}. Was it started, and did it not end longer than {options.Value.TrackedFor} ago?");
            if (status != last)
            {
                yield return last = status;
                continue;
            }
            if (testing.Mode == JobTestingMode.Record)
                throw new JobTestException($"Nobody runs the jobs of workflow {id}, so waiting for it would never end: jobs are only recorded. Choose JobTestingMode.Inline or JobTestingMode.Drain.");
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Create(WorkflowDefinition definition)
    {
        lock (gate)
        {
            if (Find(definition.Id) is not null)
                return false;
            workflows[definition.Id] = new MemoryWorkflow(definition, time.GetUtcNow());
            return true;
        }
    }

    private Task<T> Read<T>(WorkflowId id, Func<MemoryWorkflow?, T> read)
    {
        lock (gate)
            return Task.FromResult(read(Find(id)));
    }

    /// <summary>Null: there is none, or it ended too long ago.</summary>
    private MemoryWorkflow? Find(WorkflowId id) => workflows.GetValueOrDefault(id) is { } workflow
        && !(workflow.Status.EndedAt + options.Value.TrackedFor <= time.GetUtcNow()) ? workflow : null;
}
