using System.Reflection;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Operations;

/// <summary>Tells Redis every few seconds that this worker lives, and when it leaves. For people and tools: nothing of the queue depends on it.</summary>
internal sealed partial class WorkerPresence(
    Lazy<IConnectionMultiplexer> redis,
    JobWorker worker,
    JobRegistry registry,
    IHostEnvironment application,
    IOptions<FlaskyJobsOptions> jobs,
    IOptions<JobWorkerOptions> options,
    TimeProvider time,
    ILogger<WorkerPresence> logger) : BackgroundService
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset started = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first connection blocks, and the start must not wait for it.
        var store = await Task.Run(() => new WorkerRegistry(redis.Value.GetDatabase(), new DirectoryKeys(jobs.Value.KeyPrefix)), stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            await TellAsync(store.SetAsync(Describe())).ConfigureAwait(false);
            await Task.Delay(WorkerRegistry.Heartbeat, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await TellAsync(store.RemoveAsync(worker.Consumer)).ConfigureAwait(false);
    }

    private JobWorkerInfo Describe() => new()
    {
        Name = worker.Consumer,
        Application = application.ApplicationName,
        Version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Queues = [.. registry.Queues.Order(StringComparer.Ordinal)],
        Concurrency = options.Value.Concurrency,
        Running = worker.Running,
        StartedAt = started,
    };

    private async Task TellAsync(Task call)
    {
        try
        {
            await call.WaitAsync(CallTimeout, time).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage())
        {
            // The queues say loudly enough that Redis is away.
            LogNotTold(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis was not told that this worker lives ({Problem}); it is told again with the next heartbeat")]
    private partial void LogNotTold(string problem);
}
