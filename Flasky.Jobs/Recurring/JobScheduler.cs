using System.Diagnostics;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Recurring;

/// <summary>
/// Enqueues recurring jobs at their ticks. Any number of processes may do so at once; Redis lets one of them win each tick.
/// </summary>
internal sealed class JobScheduler(
    Lazy<IConnectionMultiplexer> redis,
    RecurringRegistry registry,
    IEnumerable<JobRegistry> workers,
    IJobQueue jobs,
    IHostEnvironment application,
    IOptions<FlaskyJobsOptions> options,
    TimeProvider time,
    ILogger<JobScheduler> logger) : BackgroundService
{
    private readonly Dictionary<string, DeclaredDefinition[]> declared = new(StringComparer.Ordinal);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here rather than in the background: arguments that cannot be serialised stop the start.
        var definitions = registry.Declared.Select(declaration => (declaration.Queue,
            new DeclaredDefinition(declaration.Name, declaration.Schedule, declaration.Define(jobs, application.ApplicationName)))).ToArray();
        foreach (var queue in workers.SelectMany(worker => worker.Queues).Concat(registry.Queues).Concat(definitions.Select(definition => definition.Queue)))
            declared[queue] = [.. definitions.Where(definition => definition.Queue == queue).Select(definition => definition.Item2)];
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ticks are nobody's request.
        Activity.Current = null;
        return Task.WhenAll(declared.Select(queue => Task.Run(() => ScheduleAsync(queue.Key, queue.Value, stoppingToken), CancellationToken.None)));
    }

    private async Task ScheduleAsync(string queue, DeclaredDefinition[] definitions, CancellationToken stop)
    {
        var store = new RecurringStore(redis.Value.GetDatabase(), new JobKeys(options.Value.KeyPrefix, queue));
        var scheduler = new QueueScheduler(queue, store, new Declarations(store, definitions, application.ApplicationName, logger), redis.Value, time, logger);
        await scheduler.RunAsync(stop).ConfigureAwait(false);
    }
}
