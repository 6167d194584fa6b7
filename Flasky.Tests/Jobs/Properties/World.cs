using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flasky.Jobs;
using Flasky.Jobs.Recurring;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>One story: a queue in Redis, the model of it, and the processes that take part.</summary>
internal sealed class World
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<string> trace = [];
    private int processes;
    private int steps;

    public World(Theatre theatre)
    {
        Theatre = theatre;
        Queue = theatre.NewQueue();
        Keys = theatre.Keys(Queue);
        Model = new QueueModel { NameReport = NameReport, MemberOf = (workflow, node) => MemberOf(IdOfWorkflow(workflow), node) };
        Timeline = new Timeline(theatre.Redis, Keys);
        Picture = new Picture(theatre.Redis, Keys);
        Recurring = new RecurringStore(theatre.Connection, Keys);
        Producers = [NewProducer(TimeSpan.FromHours(5)), NewProducer(TimeSpan.FromHours(-3))];
        Workers = [NewWorker(), NewWorker(), NewWorker()];
        Schedulers = [new Scheduler(), new Scheduler()];
    }

    public Theatre Theatre { get; }

    public string Queue { get; }

    public JobKeys Keys { get; }

    public QueueModel Model { get; }

    public Timeline Timeline { get; }

    public RecurringStore Recurring { get; }

    public IJobQueue[] Producers { get; }

    public Worker[] Workers { get; }

    public Scheduler[] Schedulers { get; }

    /// <summary>What was sent so that it may be sent again.</summary>
    public List<Sent> Sent { get; } = [];

    /// <summary>What was enqueued without being sent again, by name.</summary>
    public Dictionary<string, ModelJob> Jobs { get; } = [];

    /// <summary>The jobs of workflows, whether or not they have begun, by name.</summary>
    public Dictionary<string, ModelJob> Members { get; } = [];

    /// <summary>All that were made, sent or not.</summary>
    public IReadOnlyList<ModelJob> Enqueued => [.. Sent.Select(sent => sent.Job), .. Jobs.Values];

    /// <summary>Those of which somebody was told that they will not run (again).</summary>
    public HashSet<string> Promised { get; } = [];

    /// <summary>The hour before which a job must not start.</summary>
    public Dictionary<string, int> NotBefore { get; } = [];

    /// <summary>What happened, for people.</summary>
    public IReadOnlyList<string> Trace => trace;

    private Picture Picture { get; }

    public Task StartAsync() => Workers[0].Store.CreateGroupsAsync();

    public void Say(string what) => trace.Add($"      {what}");

    public void Begin(Step step) => trace.Add($"{++steps,4}. {step}");

    /// <summary>The short name of a job: its number in the story.</summary>
    public string NameOf(string id)
    {
        if (!names.TryGetValue(id, out var name))
            names.Add(id, name = $"#{names.Count + 1}");
        return name;
    }

    /// <summary>Counts that something happened.</summary>
    public void Meet(string what) => Theatre.Met[what] = Theatre.Met.GetValueOrDefault(what) + 1;

    public bool Knows(string id) => names.ContainsKey(id);

    /// <summary>A recurring job was enqueued for these ticks: never before for any of them.</summary>
    public void Ticked(string recurring, IReadOnlyList<int> hours, IReadOnlyList<WireJob> jobs)
    {
        Same(hours.Count, jobs.Count, $"How often {recurring} is enqueued");
        foreach (var job in jobs)
        {
            if (Knows(job.Id))
                throw new StoryException($"{recurring} was enqueued twice for one tick: {NameOf(job.Id)}.");
            Model.AddTick(NameOf(job.Id));
        }
        Say($"{recurring}: {string.Join(", ", jobs.Select(job => NameOf(job.Id)))}");
    }

    /// <summary>A job of a workflow is in its queue, or was before.</summary>
    public void Begin(string id)
    {
        var job = Members[NameOf(id)];
        if (!Model.Remembers(job.Id))
        {
            if (!Jobs.TryAdd(job.Id, job))
                throw new StoryException($"{job.Id} of {job.Member!.Workflow} is enqueued a second time.");
            NotBefore[job.Id] = Model.Now + job.Wishes.Delay;
        }
        Model.Enqueue(job, job.Wishes.Delay, mayBeRepeated: true);
        Say($"{job.Member!.Workflow}: {job.Id} begins");
    }

    /// <summary>Somebody asked for a job to be cancelled, and heard this.</summary>
    public void Cancelled(ModelJob job, JobCancellation reply)
    {
        Say($"{job.Id} {reply}");
        Meet($"cancel: {reply}");
        Same(Model.Cancel(job), reply, $"The cancelling of {job.Id}");
        if (reply == JobCancellation.Cancelled)
            Promised.Add(job.Id);
    }

    /// <summary>The name of the report that was enqueued last.</summary>
    public async Task<string> NewestReportAsync()
    {
        var newest = await Theatre.Redis.StreamRangeAsync(Keys.Ready(JobPriority.Critical), count: 1, messageOrder: StackExchange.Redis.Order.Descending);
        return NameOf(((string)newest[0]["job"]!).Split(' ')[0]);
    }

    /// <summary>There is a job instead of an enqueued one. That of a series waits for calm from now on, even if it waited for another attempt.</summary>
    public void PutOff(string name, Wishes wishes)
    {
        if (wishes.Debounce is not null)
            NotBefore.Remove(name);
    }

    public JobId IdOf(string name) => new(Queue, ValueOf(name));

    public WorkflowId IdOfWorkflow(string name) => new(Queue, ValueOf(name));

    /// <summary>The short name of a job of a workflow.</summary>
    public string MemberOf(WorkflowId workflow, int node) => NameOf($"{new WorkflowPlace(workflow, node).JobIn(Queue).Value:N}");

    private Guid ValueOf(string name) => Guid.ParseExact(names.First(pair => pair.Value == name).Key, "N");

    /// <summary>As lib/report.lua makes the id of a report.</summary>
    private string NameReport(string job, JobState state, int attempt)
    {
        var meaning = string.Create(CultureInfo.InvariantCulture, $"{ValueOf(job):N}{WireState.Write(state)}{attempt}");
#pragma warning disable CA5350 // Redis has no other hash, and this one protects nothing.
        return NameOf(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(meaning)))[..32]);
#pragma warning restore CA5350
    }

    public IJobQueue NewProducer(TimeSpan wrongBy) => Theatre.Producer(new StoryClock(() => Timeline.Passed, wrongBy));

    /// <summary>A process of its own: its name was never used before.</summary>
    public Worker NewWorker() => new(this, $"w{++processes}", TimeSpan.FromMinutes(40 * (processes - 2)));

    /// <summary>Whether Redis holds what the model does, and holds it in one place only.</summary>
    public async Task CheckAsync()
    {
        var named = names.Keys.SelectMany(id => new[] { $"job:{id}", $"seen:{id}" }).Concat(Model.Workflows.Keys.Select(name => $"workflow:{ValueOf(name):N}")).Concat(Names.Keys).Concat(Names.Buckets.Select(bucket => $"held:{bucket}"));
        var found = await Picture.TakeAsync(named, NameOf);
        Model.OrderAs(found);
        Same(Model.Facts(), found, "Redis");
        Laws.Check(this, found);
    }

    /// <exception cref="StoryException">They differ.</exception>
    public static void Same(IEnumerable<string> expected, IEnumerable<string> found, string what)
    {
        string[] missing = [.. expected.Except(found, StringComparer.Ordinal)], unexpected = [.. found.Except(expected, StringComparer.Ordinal)];
        if (missing.Length + unexpected.Length > 0)
            throw new StoryException($"{what} is not as the model says.\n{Lines("  only in the model: ", missing)}{Lines("  only in fact:      ", unexpected)}");
    }

    public static void Same<T>(T expected, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
            throw new StoryException($"{what}: the model says {expected}, and it is {found}.");
    }

    private static string Lines(string head, string[] lines) => string.Concat(lines.Order(StringComparer.Ordinal).Select(line => $"{head}{line}\n"));
}

/// <param name="Producer">Who made it.</param>
/// <param name="Envelope">What is sent again as it is.</param>
/// <param name="Job">The same in the model.</param>
/// <param name="CreatedAt">The hour.</param>
internal sealed record Sent(IJobQueue Producer, JobEnvelope Envelope, ModelJob Job, int CreatedAt)
{
    /// <summary>Whether it ever was.</summary>
    public bool Once { get; set; }
}

/// <summary>The queue broke its word.</summary>
internal sealed class StoryException(string message) : Exception(message);

/// <summary>The names that stories use.</summary>
internal static class Names
{
    public static readonly string[] Uniques = ["u1", "u2"];
    public static readonly string[] Series = ["d1", "d2"];
    public static readonly string[] Recurring = ["once", "skip", "all"];

    /// <summary>Those of whom jobs are for.</summary>
    public static readonly string[] LimitKeys = ["k1", "k2", "k3"];

    /// <summary>The type of job that a limit can be set for.</summary>
    public const string Limited = "property.limited";

    /// <summary>The bucket of all jobs.</summary>
    public const string WholeQueue = "queue";

    /// <summary>What slots are counted in.</summary>
    public static readonly string[] Buckets = [.. LimitKeys.Select(key => $"key:{key}"), $"job:{Limited}"];

    /// <summary>The keys that these may make, without the hash tag.</summary>
    public static readonly string[] Keys = [.. Uniques.Select(name => $"unique:{name}"), .. Series.Select(name => $"debounce:{name}")];
}
