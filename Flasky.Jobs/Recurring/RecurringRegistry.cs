using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs.Recurring;

/// <summary>What this process schedules. Filled while the host is built, read-only afterwards.</summary>
internal sealed class RecurringRegistry
{
    private readonly List<DeclaredRecurringJob> declared = [];
    private readonly HashSet<string> queues = new(StringComparer.Ordinal);

    public IReadOnlyList<DeclaredRecurringJob> Declared => declared;

    /// <summary>Queues to schedule besides those of the declared jobs and of the worker in the same process.</summary>
    public IReadOnlySet<string> Queues => queues;

    public void Add<TJob>(string name, TJob job, JobSchedule schedule, RecurringOptions? options) where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(schedule);
        var kept = RecurringOptions.Check(options);
        JobNames.Check(name, "The recurring job's name");
        var queue = kept.Queue ?? JobNames<TJob>.Queue;
        JobNames.Check(queue, "The queue");
        if (declared.Exists(other => other.Name == name && other.Queue == queue))
            throw new InvalidOperationException($"Two recurring jobs of the queue '{queue}' are named '{name}'.");
        declared.Add(new DeclaredRecurringJob(queue, name, schedule, (jobs, owner) =>
            RecurringDefinition.From(jobs.Create(job, new EnqueueOptions { Queue = queue }), schedule, kept, owner)));
    }

    public void AddQueue(string queue)
    {
        JobNames.Check(queue, "The queue");
        queues.Add(queue);
    }

    /// <summary>The registry of the host, made with the scheduler at the first call.</summary>
    public static RecurringRegistry Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(RecurringRegistry))?.ImplementationInstance is RecurringRegistry found)
            return found;
        var registry = new RecurringRegistry();
        services.AddSingleton(registry);
        services.AddHostedService<JobScheduler>();
        return registry;
    }
}

/// <param name="Queue">Where its jobs go.</param>
/// <param name="Name">Unique in the queue.</param>
/// <param name="Schedule">When.</param>
/// <param name="Define">Serialises it for the application of the given name.</param>
internal sealed record DeclaredRecurringJob(string Queue, string Name, JobSchedule Schedule, Func<IJobQueue, string, RecurringDefinition> Define);
