using Flasky.Jobs.Recurring;

namespace Flasky.Jobs;

/// <summary>Says what a process that runs no jobs schedules.</summary>
public sealed class JobSchedulerBuilder
{
    private readonly RecurringRegistry registry;

    internal JobSchedulerBuilder(RecurringRegistry registry) => this.registry = registry;

    /// <summary>Schedules the recurring jobs of a queue that were added at run time or are declared elsewhere.</summary>
    public JobSchedulerBuilder Queue(string name)
    {
        registry.AddQueue(name);
        return this;
    }

    /// <inheritdoc cref="RecurringExtensions.Recurring"/>
    public JobSchedulerBuilder Recurring<TJob>(string name, TJob job, JobSchedule schedule, RecurringOptions? options = null) where TJob : IJob
    {
        registry.Add(name, job, schedule, options);
        return this;
    }
}
