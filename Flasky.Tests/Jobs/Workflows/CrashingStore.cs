using System.Reflection;
using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>Counts calls, and fails one of them: before it arrives, or after, when its reply is lost.</summary>
internal sealed class Crash(int at, bool after)
{
    private int calls;

    /// <summary>What happens. Default: the worker dies.</summary>
    public Func<Task> Strike { get; init; } = () => throw new CrashException();

    /// <summary>Whether it came to that.</summary>
    public bool Happened { get; private set; }

    public async Task<T> AroundAsync<T>(Func<Task<T>> call)
    {
        var crashes = calls++ == at;
        Happened |= crashes;
        if (crashes && !after)
            await Strike();
        var result = await call();
        if (crashes && after)
            await Strike();
        return result;
    }

    public async Task AroundAsync(Func<Task> call) => await AroundAsync(async () =>
    {
        await call();
        return true;
    });
}

internal sealed class CrashException() : Exception("The worker died.");

internal sealed class CrashingStore(IWorkflowStore store, Crash crash) : IWorkflowStore
{
    public Task CreateAsync(WorkflowDefinition definition, CancellationToken cancellationToken) =>
        crash.AroundAsync(() => store.CreateAsync(definition, cancellationToken));

    public Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken) => store.ShapeAsync(id, cancellationToken);

    public Task<NodeEnd?> EndAsync(WorkflowId id, NodeEnding ending, CancellationToken cancellationToken) =>
        crash.AroundAsync(() => store.EndAsync(id, ending, cancellationToken));

    public Task<IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)>> BeginAsync(
        WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken) =>
        crash.AroundAsync(() => store.BeginAsync(id, shape, jobs, cancellationToken));

    public Task BegunAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        crash.AroundAsync(() => store.BegunAsync(id, nodes, cancellationToken));

    public Task<IReadOnlyList<NodeState>> StatesAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        crash.AroundAsync(() => store.StatesAsync(id, nodes, cancellationToken));

    public Task<IReadOnlyList<string?>> ResultsAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        store.ResultsAsync(id, nodes, cancellationToken);

    public Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken) => store.StatusAsync(id, cancellationToken);

    public IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, CancellationToken cancellationToken) => store.WatchAsync(id, cancellationToken);
}

/// <summary>A queue whose sends may fail. A proxy, because of all the queue it is only about one method.</summary>
public class CrashingQueue : DispatchProxy
{
    private IJobQueue queue = null!;
    private Crash crash = null!;

    internal static IJobQueue Of(IJobQueue queue, Crash crash)
    {
        var proxy = Create<IJobQueue, CrashingQueue>();
        ((CrashingQueue)proxy).queue = queue;
        ((CrashingQueue)proxy).crash = crash;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IJobQueue.SendAsync)
        ? crash.AroundAsync(() => (Task)targetMethod.Invoke(queue, args)!)
        : targetMethod.Invoke(queue, args);
}
