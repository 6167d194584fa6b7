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
    IRecurringStores stores,
    RecurringRegistry registry,
    IEnumerable<JobRegistry> workers,
    IJobQueue jobs,
    IHostEnvironment application,
    IOptions<FlaskyJobsOptions> options,
    TimeProvider time,
    ILogger<JobScheduler> logger) : BackgroundService
{
    private readonly Dictionary<string, QueueTicks> ticks = new(StringComparer.Ordinal);

    /// <summary>The ticks of each queue that this process schedules.</summary>
    /// <exception cref="Exception">The arguments of a declared job cannot be serialised.</exception>
    public IReadOnlyDictionary<string, QueueTicks> Declare()
    {
        var definitions = registry.Declared.Select(declaration => (declaration.Queue,
            new DeclaredDefinition(declaration.Name, declaration.Schedule, declaration.Define(jobs, application.ApplicationName)))).ToArray();
        foreach (var queue in workers.SelectMany(worker => worker.Queues).Concat(registry.Queues).Concat(definitions.Select(definition => definition.Queue)).Distinct(StringComparer.Ordinal))
        {
            var store = stores.Of(queue);
            DeclaredDefinition[] declared = [.. definitions.Where(definition => definition.Queue == queue).Select(definition => definition.Item2)];
            ticks[queue] = new QueueTicks(queue, store, new Declarations(store, declared, application.ApplicationName, logger), logger);
        }
        return ticks;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here rather than in the background: arguments that cannot be serialised stop the start.
        Declare();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ticks are nobody's request.
        Activity.Current = null;
        return Task.WhenAll(ticks.Select(queue => Task.Run(() => ScheduleAsync(queue.Key, queue.Value, stoppingToken), CancellationToken.None)));
    }

    private Task ScheduleAsync(string queue, QueueTicks ticks, CancellationToken stop) =>
        new QueueScheduler(queue, ticks, new JobKeys(options.Value.KeyPrefix, queue).RecurringBell, redis.Value, time, logger).RunAsync(stop);
}
