using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs;

/// <summary>Says what a worker runs.</summary>
public sealed class JobWorkerBuilder
{
    private readonly JobRegistry registry;

    private readonly JobUpcasters upcasters;

    internal JobWorkerBuilder(IServiceCollection services, JobRegistry registry, JobUpcasters upcasters)
    {
        Services = services;
        this.registry = registry;
        this.upcasters = upcasters;
    }

    /// <summary>Where handlers and what they need are registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Runs jobs of type <typeparamref name="TJob"/> with a new <typeparamref name="THandler"/> each. Saying so again, as
    /// <c>HandleAll()</c> may, changes nothing but the options.
    /// </summary>
    /// <param name="configure">Retries and time limits of such jobs. Null: those of the worker.</param>
    /// <exception cref="InvalidOperationException">The job has no <see cref="JobAttribute"/>, its name is taken, or an option makes no sense.</exception>
    public JobWorkerBuilder Handle<TJob, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        Action<JobHandlerOptions>? configure = null)
        where TJob : IJob
        where THandler : class, IJobHandler<TJob>
    {
        registry.Add(new JobRegistration<TJob, THandler>(Options(JobNames<TJob>.Name, configure)), configured: configure is not null);
        Services.AddTransient<THandler>();
        return this;
    }

    /// <summary>Runs jobs of type <typeparamref name="TJob"/>, which have a result, with a new <typeparamref name="THandler"/> each.</summary>
    /// <inheritdoc cref="Handle{TJob, THandler}(Action{JobHandlerOptions}?)"/>
    public JobWorkerBuilder Handle<TJob, TResult, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        Action<JobHandlerOptions>? configure = null)
        where TJob : IJob<TResult>
        where THandler : class, IJobHandler<TJob, TResult>
    {
        registry.Add(new JobRegistration<TJob, TResult, THandler>(Options(JobNames<TJob>.Name, configure)), configured: configure is not null);
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
        registry.LeaveToOthers(JobNames<TJob>.Name);
        return this;
    }

    /// <summary>Serves a queue besides those that the handled jobs name by default.</summary>
    public JobWorkerBuilder Queue(string name)
    {
        JobNames.Check(name, "The queue");
        registry.AddQueue(name);
        return this;
    }

    /// <summary>
    /// Says how to lift the arguments of an older version of a job to the next one, before they are read. A job that is two versions behind
    /// goes through two of them; one without an upcaster is kept as dead, and so is one whose upcaster throws.
    /// </summary>
    /// <param name="job">The wire name of a job that this worker handles.</param>
    /// <param name="from">The version that comes in; what goes out is of version <paramref name="from"/> + 1.</param>
    /// <param name="upcast">Gets the JSON as it was enqueued, decrypted, and returns it changed or anew. Must be safe for concurrent use.</param>
    /// <exception cref="InvalidOperationException">There is one for this version already, or, once all is configured, no handled job and version that it could serve.</exception>
    /// <example><code>
    /// worker.Upcast("mail.newsletter", from: 1, old => new JsonObject { ["issueId"] = old["issue"]!.DeepClone() });
    /// </code></example>
    public JobWorkerBuilder Upcast(string job, int from, Func<JsonObject, JsonObject> upcast)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(upcast);
        upcasters.Add(job, from, upcast);
        return this;
    }

    /// <summary>Changes options in code; configuration section <c>Flasky:Jobs:Worker</c> is read before.</summary>
    public JobWorkerBuilder Configure(Action<JobWorkerOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    private static JobHandlerOptions Options(string job, Action<JobHandlerOptions>? configure)
    {
        var options = new JobHandlerOptions();
        configure?.Invoke(options);
        options.Check(job);
        return options;
    }
}
