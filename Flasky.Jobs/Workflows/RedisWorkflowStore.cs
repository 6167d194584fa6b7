using System.Collections.Concurrent;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Workflows;

/// <summary>Workflows in Redis, each under the hash tag of its queue; every change is one script.</summary>
internal sealed class RedisWorkflowStore(RedisCalls redis, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IWorkflowStore
{
    /// <summary>Fields in one command.</summary>
    private const int BatchSize = 128;

    /// <summary>Shapes never change, and the reports of one workflow come in bursts.</summary>
    private const int MostShapes = 64;

    private readonly ConcurrentDictionary<WorkflowId, WorkflowShape> shapes = [];

    public async Task CreateAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var keys = KeysOf(definition.Id);
        var kept = (long)(options.Value.WorkflowKeptFor + definition.LongestDelay).TotalMilliseconds;
        // The jobs first: they are kept for nothing, and not for long, if this process dies before the workflow is created.
        foreach (var batch in definition.Members.Chunk(BatchSize))
        {
            RedisValue[] values = [kept, .. batch.SelectMany(member => new RedisValue[] { member.Node, member.Member })];
            await CallAsync(LuaScript.WorkflowDefine, keys, values, cancellationToken).ConfigureAwait(false);
        }
        var start = new WorkflowReport(definition.Id.ToString(), WorkflowReport.Whole, WireState.Write(JobState.Running));
        await CallAsync(LuaScript.WorkflowCreate, keys,
            [definition.Shape.ToString(), definition.Members.Count, kept, (long)options.Value.TrackedFor.TotalMilliseconds, JobOf(start), start.Write()],
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<WorkflowShape?> ShapeAsync(WorkflowId id, CancellationToken cancellationToken)
    {
        if (shapes.TryGetValue(id, out var known))
            return known;
        if ((string?)(await FieldsAsync(Keys(id).Workflow(id.Value), ["shape"], cancellationToken).ConfigureAwait(false))[0] is not { } text)
            return null;
        if (shapes.Count >= MostShapes)
            shapes.Clear();
        return shapes[id] = WorkflowShape.Parse(text);
    }

    public async Task<NodeEnd?> EndAsync(WorkflowId id, NodeEnding ending, CancellationToken cancellationToken)
    {
        var node = ending.Node;
        var reply = await CallAsync(LuaScript.WorkflowEnd, KeysOf(id),
            [
                node.Number, WireState.Write(ending.State), ending.Cause, node.Parent < 0 ? "" : node.Parent, WorkflowShapeBuilder.PolicyName(ending.ParentPolicy),
                node.Kind == NodeKind.Job ? 1 : 0, ending.Result, ending.Error, options.Value.MaxWorkflowBytes, Keys(id).WorkflowEvents(id.Value),
                ending.Along is null ? "" : JobOf(ending.Along), ending.Along?.Write() ?? "",
            ], cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : (RedisResult[])reply! is var noted
            ? new NodeEnd(WireState.Read((string)noted[0]!)!.Value, (int)noted[1], (int)noted[2], (string)noted[3]!) : null;
    }

    public async Task<IReadOnlyList<(WorkflowNode Node, WorkflowMember Member)>> BeginAsync(
        WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken)
    {
        RedisValue[] values = [.. jobs.SelectMany(job => new RedisValue[] { job.Number, string.Join(' ', shape.Around(job).Select(outer => outer.Number)) })];
        var reply = (RedisResult[])(await CallAsync(LuaScript.WorkflowBegin, KeysOf(id), values, cancellationToken).ConfigureAwait(false))!;
        return Array.ConvertAll(reply, item => (RedisResult[])item! is var begun
            ? (shape[(int)begun[0]], WorkflowMember.Read((string)begun[1]!)) : default);
    }

    public Task BegunAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        CallAsync(LuaScript.WorkflowBegun, KeysOf(id), [.. nodes.Select(node => (RedisValue)node)], cancellationToken);

    public async Task<IReadOnlyList<NodeState>> StatesAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        [.. (await ManyAsync(Keys(id).WorkflowNodes(id.Value), nodes, cancellationToken).ConfigureAwait(false)).Select(State)];

    public async Task<IReadOnlyList<string?>> ResultsAsync(WorkflowId id, IReadOnlyList<int> nodes, CancellationToken cancellationToken) =>
        await ManyAsync(Keys(id).WorkflowResults(id.Value), nodes, cancellationToken).ConfigureAwait(false);

    public async Task<WorkflowStatus?> StatusAsync(WorkflowId id, CancellationToken cancellationToken) =>
        await FieldsAsync(Keys(id).Workflow(id.Value), ["state", "held", "jobs", "succeeded", "failed", "created", "ended", "error"], cancellationToken).ConfigureAwait(false) is
            [{ IsNull: false } state, var held, var jobs, var succeeded, var failed, var created, var ended, var error]
            ? new WorkflowStatus
            {
                Id = id,
                State = WireState.Read(state) switch
                {
                    JobState.Succeeded => WorkflowState.Succeeded,
                    JobState.Failed => WorkflowState.Failed,
                    JobState.Cancelled => WorkflowState.Cancelled,
                    _ => (int)held > 0 ? WorkflowState.Held : WorkflowState.Running,
                },
                Jobs = (int)jobs,
                SucceededJobs = (int)succeeded,
                FailedJobs = (int)failed,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)created),
                EndedAt = ended.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)ended),
                Error = error.IsNullOrEmpty ? null : (string?)error,
            }
            : null;

    public IAsyncEnumerable<WorkflowStatus> WatchAsync(WorkflowId id, CancellationToken cancellationToken)
    {
        return redis.WatchAsync(Keys(id).WorkflowEvents(id.Value), LookAsync, (status, last) => status == last, status => status.HasEnded, cancellationToken);

        async Task<WorkflowStatus> LookAsync() => await StatusAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Nothing is known of workflow {id}. Was it started, and did it not end longer than {options.Value.TrackedFor} ago?");
    }

    private JobKeys Keys(WorkflowId id) => redis.KeysOf(id.Queue);

    private RedisKey[] KeysOf(WorkflowId id) => Keys(id) is var keys
        ? [keys.Workflow(id.Value), keys.WorkflowJobs(id.Value), keys.WorkflowNodes(id.Value), keys.WorkflowResults(id.Value)] : [];

    private string JobOf(WorkflowReport report)
    {
        var now = time.GetUtcNow();
        return new WireJob(Guid.CreateVersion7(now).ToString("N"), WorkflowReport.Name, 0, now.ToUnixTimeMilliseconds(), WorkflowReport.TraceHeaders()).ToString();
    }

    private static NodeState State(string? noted) => noted switch
    {
        null => default,
        "starting" or "started" => new NodeState(HasBegun: true, null, ""),
        _ => noted.Split(' ', 4) is var parts ? new NodeState(HasBegun: true, WireState.Read(parts[0]), parts[3]) : default,
    };

    private Task<RedisResult> CallAsync(LuaScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        redis.InTimeAsync(database => script.RunAsync(database, keys, values), cancellationToken);

    private Task<RedisValue[]> FieldsAsync(RedisKey key, RedisValue[] fields, CancellationToken cancellationToken) =>
        redis.InTimeAsync(database => database.HashGetAsync(key, fields, CommandFlags.DemandMaster), cancellationToken);

    private async Task<string?[]> ManyAsync(RedisKey key, IReadOnlyList<int> nodes, CancellationToken cancellationToken)
    {
        var found = new List<string?>(nodes.Count);
        foreach (var batch in nodes.Chunk(BatchSize))
            found.AddRange((await FieldsAsync(key, Array.ConvertAll(batch, node => (RedisValue)node), cancellationToken).ConfigureAwait(false)).Select(value => (string?)value));
        return [.. found];
    }
}
