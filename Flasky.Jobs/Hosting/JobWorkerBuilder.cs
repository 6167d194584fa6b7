using System.Diagnostics.CodeAnalysis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs;

/// <summary>Says what a worker runs.</summary>
public sealed class JobWorkerBuilder
{
    private readonly JobRegistry registry;

    internal JobWorkerBuilder(IServiceCollection services, JobRegistry registry)
    {
        Services = services;
        this.registry = registry;
    }

    /// <summary>Where handlers and what they need are registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Runs jobs of type <typeparamref name="TJob"/> with a new <typeparamref name="THandler"/> each.</summary>
    /// <exception cref="InvalidOperationException">The job has no <see cref="JobAttribute"/>, or its name is taken.</exception>
    public JobWorkerBuilder Handle<TJob, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TJob : IJob
        where THandler : class, IJobHandler<TJob>
    {
        registry.Add(new JobRegistration<TJob, THandler>());
        Services.AddTransient<THandler>();
        return this;
    }

    /// <summary>
    /// Leaves jobs of type <typeparamref name="TJob"/> to other workers, whatever else is said, before or after. It also tells
    /// the compiler that this worker needs no handler for them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The job has no <see cref="JobAttribute"/>.</exception>
    public JobWorkerBuilder Without<TJob>() where TJob : IJob
    {
        registry.LeaveToOthers(Serialization.JobNames<TJob>.Name);
        return this;
    }

    /// <summary>Serves a queue besides those that the handled jobs name by default.</summary>
    public JobWorkerBuilder Queue(string name)
    {
        Serialization.JobNames.Check(name, "The queue");
        registry.AddQueue(name);
        return this;
    }

    /// <summary>Changes options in code; configuration section <c>Flasky:Jobs:Worker</c> is read before.</summary>
    public JobWorkerBuilder Configure(Action<JobWorkerOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
