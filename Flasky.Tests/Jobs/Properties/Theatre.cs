using Flasky.Jobs;
using Flasky.Jobs.Context;
using Flasky.Jobs.Operations;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>The real parts that stories are played with, made once for all of them: each story has a queue of its own.</summary>
internal sealed class Theatre(JobsHost app) : IAsyncDisposable
{
    private readonly IHost host = HostOf(app);
    private ConnectionMultiplexer? admin;
    private int stories;

    /// <summary>What stories came to, and how often: a property that never meets a case says nothing of it.</summary>
    public SortedDictionary<string, int> Met { get; } = new(StringComparer.Ordinal);

    public Stage Stage => host.Services.GetRequiredService<Stage>();

    public IDatabase Redis => app.Redis;

    public Lazy<IConnectionMultiplexer> Connection => host.Services.GetRequiredService<Lazy<IConnectionMultiplexer>>();

    public JobRunner Runner => host.Services.GetRequiredService<JobRunner>();

    public IJobTracking Tracking => host.Services.GetRequiredService<IJobTracking>();

    public IJobOperations Operations => host.Services.GetRequiredService<IJobOperations>();

    public IWorkflows Workflows => host.Services.GetRequiredService<IWorkflows>();

    public IWorkflowStore WorkflowStore => host.Services.GetRequiredService<IWorkflowStore>();

    public WorkflowEngine Engine => host.Services.GetRequiredService<WorkflowEngine>();

    public Witness Witness => host.Services.GetRequiredService<Witness>();

    public IJobLimits Limits => host.Services.GetRequiredService<IJobLimits>();

    public JobKeys Keys(string queue) => app.Keys(queue);

    public string NewQueue() => $"story{Interlocked.Increment(ref stories)}";

    public IJobQueue Producer(TimeProvider clock)
    {
        var options = host.Services.GetRequiredService<IOptions<FlaskyJobsOptions>>();
        var sender = new JobSender(Connection, options, host.Services.GetRequiredService<QueueDirectory>(), clock);
        return new RedisJobQueue(sender, options, host.Services.GetRequiredService<JobSerializer>(), host.Services.GetRequiredService<ContextFlow>(), Tracking, clock);
    }

    public static QueueAccess Access(QueueStore store, string queue, RedisClock clock) => new RedisQueueAccess(
        store, new RedisGuard(store, TimeSpan.FromSeconds(20), queue, TimeProvider.System, NullLogger.Instance), clock, TimeSpan.FromSeconds(20),
        TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    /// <summary>Makes Redis forget every script, as a restart or a failover does.</summary>
    public async Task ForgetScriptsAsync()
    {
        admin ??= await app.ConnectAdminAsync();
        foreach (var endPoint in admin.GetEndPoints())
            await admin.GetServer(endPoint).ScriptFlushAsync();
    }

    /// <summary>The keys of one story, wherever they are.</summary>
    public async Task<string[]> KeysLeftAsync(string queue) =>
        [.. (await app.FindKeysAsync()).Select(key => key.ToString()).Where(key => key.StartsWith($"{{{app.Prefix}:{queue}}}", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        if (admin is not null)
            await admin.DisposeAsync();
    }

    private static WorkflowEngine WitnessedEngine(IServiceProvider services)
    {
        var witness = services.GetRequiredService<Witness>();
        return new WorkflowEngine(
            new WitnessedStore(services.GetRequiredService<IWorkflowStore>(), witness), WitnessedCalls.Of(services.GetRequiredService<IJobQueue>(), witness),
            WitnessedCalls.Of(services.GetRequiredService<IJobTracking>(), witness), TimeProvider.System, NullLogger<WorkflowEngine>.Instance);
    }

    private static IHost HostOf(JobsHost app) => app.Build(builder =>
    {
        builder.Services.AddSingleton<Stage>().AddSingleton<Witness>();
        builder.Services.AddSingleton(WitnessedEngine);
        builder.Services.Configure<FlaskyJobsOptions>(options =>
        {
            options.DeduplicationWindow = Terms.DeduplicationWindow * Terms.Unit;
            options.TrackedFor = Terms.TrackedFor * Terms.Unit;
        });
        builder.AddJobWorker("redis", worker => worker.Handle<Play, PlayHandler>().Handle<LimitedPlay, PlayHandler>().Configure(options =>
        {
            options.MaxAttempts = Terms.MaxAttempts;
            options.MaxDeliveries = Terms.MaxDeliveries;
        }));
    });
}
