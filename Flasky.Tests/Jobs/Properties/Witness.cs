using System.Reflection;
using Flasky.Jobs;
using Flasky.Jobs.Workflows;
using Flasky.Tests.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>
/// Stands between the engine of workflows and Redis: holds each of its calls against the model, in the order in which Redis gets them, and lets the
/// process die at one of them.
/// </summary>
internal sealed class Witness
{
    private World? world;
    private Crash crash = new(-1, after: false);

    /// <summary>What was wrong. Null: nothing. It is kept, for to a worker it is only a handler that failed.</summary>
    public StoryException? Broken { get; private set; }

    public World World => world ?? throw new InvalidOperationException("No story is played.");

    public void Watch(World story, Crash next) => (world, crash, Broken) = (story, next, null);

    public Task<T> SeeAsync<T>(Func<Task<T>> call, Action<T> compare) => crash.AroundAsync(async () =>
    {
        var reply = await call();
        try
        {
            compare(reply);
        }
        catch (StoryException e)
        {
            Broken ??= e;
            throw;
        }
        return reply;
    });
}

internal sealed class WitnessedStore(IWorkflowStore store, Witness witness) : IWorkflowStore
{
    private World World => witness.World;

    public Task CreateAsync(WorkflowDefinition definition, CancellationToken cancellationToken) => store.CreateAsync(definition, cancellationToken);

    public Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken) => store.ShapeAsync(id, cancellationToken);

    public async Task<NodeEnd?> EndAsync(WorkflowId id, NodeEnding ending, CancellationToken cancellationToken)
    {
        var name = World.NameOf($"{id.Value:N}");
        var isNew = World.Model.Workflows.GetValueOrDefault(name) is { HasEnded: false };
        var (noted, _) = await witness.SeeAsync(async () =>
        {
            var reply = await store.EndAsync(id, ending, cancellationToken);
            // What goes along has an id by chance.
            var along = ending.Along is not null && isNew ? await World.NewestReportAsync() : null;
            return (reply, along);
        }, seen =>
        {
            World.Same(World.Model.End(name, ending, seen.along), seen.reply, $"What is noted of node {ending.Node.Number} of {name}");
            World.Say($"{name}: {ending.Node.Number} {seen.reply?.State.ToString() ?? "is gone"}");
            if (ending.Node.Parent < 0 && seen.reply is { } end)
            {
                World.Meet($"workflow: {end.State}");
                Laws.CheckEnd(name, World.Model.Workflows[name]);
            }
        });
        return noted;
    }

    public Task<IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)>> BeginAsync(
        WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken) => witness.SeeAsync(
        () => store.BeginAsync(id, shape, jobs, cancellationToken),
        begun =>
        {
            var name = World.NameOf($"{id.Value:N}");
            World.Same(string.Join(' ', World.Model.Begin(name, jobs.Select(job => job.Number))), string.Join(' ', begun.Select(job => job.Node.Number)), $"What of {name} begins");
            foreach (var (node, _) in begun)
                Laws.CheckTurn(World.Model.Workflows[name], node.Number, World.MemberOf(id, node.Number));
        });

    public Task BegunAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) => witness.SeeAsync(
        async () =>
        {
            await store.BegunAsync(id, nodes, cancellationToken);
            return true;
        }, _ => World.Model.Begun(World.NameOf($"{id.Value:N}"), nodes));

    public Task<IReadOnlyList<NodeState>> StatesAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) => witness.SeeAsync(
        () => store.StatesAsync(id, nodes, cancellationToken),
        states =>
        {
            var workflow = World.Model.Workflows.GetValueOrDefault(World.NameOf($"{id.Value:N}"));
            World.Same(
                string.Join(' ', nodes.Select(node => workflow?.Ends.TryGetValue(node, out var end) == true ? $"{end.State}" : $"{workflow?.Begun.ContainsKey(node) == true}")),
                string.Join(' ', states.Select(state => state.Ended is { } end ? $"{end}" : $"{state.HasBegun}")), "How far the jobs are");
        });

    public Task<IReadOnlyList<string?>> ResultsAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        store.ResultsAsync(id, nodes, cancellationToken);

    public Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken) => store.StatusAsync(id, cancellationToken);

    public IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, CancellationToken cancellationToken) => store.WatchAsync(id, cancellationToken);
}

/// <summary>What the engine uses beside its store: the sends of a queue and the cancelling of jobs. A proxy, because of all the rest it uses nothing.</summary>
public class WitnessedCalls : DispatchProxy
{
    private object real = null!;
    private Witness witness = null!;

    /// <summary>Cancels are sent side by side; one after the other, their order is known.</summary>
    private Task last = Task.CompletedTask;

    internal static T Of<T>(T real, Witness witness) where T : class
    {
        var proxy = Create<T, WitnessedCalls>();
        var calls = (WitnessedCalls)(object)proxy;
        (calls.real, calls.witness) = (real, witness);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        (nameof(IJobQueue.SendAsync), [IReadOnlyList<JobEnvelope> jobs, ..]) => SendAsync(() => (Task)targetMethod.Invoke(real, args)!, jobs),
        ("CancelAsync", [JobId id, ..]) => CancelAsync(() => (Task<JobCancellation>)targetMethod.Invoke(real, args)!, id),
        _ => throw new NotSupportedException($"The engine of workflows is not known to call {targetMethod.Name}."),
    };

    private Task<bool> SendAsync(Func<Task> send, IReadOnlyList<JobEnvelope> jobs) => witness.SeeAsync(
        async () =>
        {
            await send();
            return true;
        },
        _ =>
        {
            foreach (var job in jobs)
                witness.World.Begin($"{job.Id.Value:N}");
        });

    private Task<JobCancellation> CancelAsync(Func<Task<JobCancellation>> cancel, JobId id)
    {
        var cancelling = CancelAsync(last, cancel, id);
        last = cancelling;
        return cancelling;
    }

    private async Task<JobCancellation> CancelAsync(Task before, Func<Task<JobCancellation>> cancel, JobId id)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await witness.SeeAsync(cancel, reply => witness.World.Cancelled(witness.World.Members[witness.World.NameOf($"{id.Value:N}")], reply));
    }
}
