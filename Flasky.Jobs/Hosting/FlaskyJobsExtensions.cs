using Flasky.Jobs;
using Flasky.Jobs.Context;
using Flasky.Jobs.Encryption;
using Flasky.Jobs.Hosting;
using Flasky.Jobs.Limits;
using Flasky.Jobs.Operations;
using Flasky.Jobs.Recurring;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the job queue to a host.</summary>
public static class FlaskyJobsExtensions
{
    private const string RedisSection = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Adds <see cref="IJobQueue"/> for producers, on the Redis that <c>ConnectionStrings:{connectionName}</c> names. The
    /// connection is made at the first use and kept up from then on; while Redis is away an enqueue fails within
    /// <see cref="FlaskyJobsOptions.EnqueueTimeout"/>. Jobs have spans of their own; those of single Redis commands are off unless
    /// <c>Aspire:StackExchange:Redis:DisableTracing</c> says <c>false</c>.
    /// </summary>
    public static IHostApplicationBuilder AddFlaskyJobs(
        this IHostApplicationBuilder builder, string connectionName, Action<FlaskyJobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(IJobQueue)))
            return builder;

        builder.AddRedisClient(connectionName, settings => settings.DisableTracing |= !AsksForTracing(builder.Configuration, connectionName));
        services.AddOptions<FlaskyJobsOptions>().BindConfiguration("Flasky:Jobs").ValidateOnStart();
        services.AddSingleton<IValidateOptions<FlaskyJobsOptions>, FlaskyJobsOptionsValidator>();
        services.AddOptions<JobJsonOptions>().PostConfigure(json => json.Freeze());
        services.AddSingleton<JobEncryption>();
        services.AddSingleton<JobSerializer>();
        services.AddSingleton<ContextFlow>();
        services.AddSingleton<IJobContextAccessor, JobContextAccessor>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new Lazy<IConnectionMultiplexer>(provider.GetRequiredService<IConnectionMultiplexer>));
        services.AddSingleton<RedisCalls>();
        services.AddSingleton<IJobTracking, RedisJobTracking>();
        services.AddSingleton<EvictionGuard>();
        services.AddSingleton<QueueDirectory>();
        services.AddSingleton<IJobOperations, RedisJobOperations>();
        services.AddSingleton<JobSender>();
        services.AddSingleton<IJobQueue, RedisJobQueue>();
        services.AddSingleton<IRecurringStores, RedisRecurringStores>();
        services.AddSingleton<IRecurringJobs, RecurringJobs>();
        services.AddSingleton<IWorkflowStore, RedisWorkflowStore>();
        services.AddSingleton<WorkflowReader>();
        services.AddSingleton<WorkflowEngine>();
        services.AddSingleton<IWorkflows, StoredWorkflows>();
        services.AddSingleton<IJobLimits, JobLimits>();
        return builder;
    }

    /// <summary>Adds a worker, which runs the jobs it has handlers for, and <see cref="IJobQueue"/> for jobs that enqueue jobs.</summary>
    /// <example><code>
    /// builder.AddJobWorker("redis", worker => worker.Handle&lt;ConfirmAccount, ConfirmAccountHandler&gt;());
    /// </code></example>
    public static IHostApplicationBuilder AddJobWorker(
        this IHostApplicationBuilder builder, string connectionName, Action<JobWorkerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddFlaskyJobs(connectionName);
        var services = builder.Services;
        services.AddHostedService<EvictionRefusal>();
        services.AddJobRunner(configure);
        services.AddSingleton<JobWorker>();
        // Before the worker, so that it stops behind it: a worker is present until it has handed back its last job.
        services.AddHostedService<WorkerPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        RecurringRegistry.Of(services);
        services.AddHealthChecks().AddCheck<JobWorkerHealthCheck>("jobs", tags: ["live"]);
        return builder;
    }

    /// <summary>
    /// Adds a scheduler of recurring jobs to a process that runs none. A worker needs no such: it schedules its own queues.
    /// Any number of processes may schedule the same queue.
    /// </summary>
    public static IHostApplicationBuilder AddJobScheduler(
        this IHostApplicationBuilder builder, string connectionName, Action<JobSchedulerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddFlaskyJobs(connectionName);
        builder.Services.AddHostedService<EvictionRefusal>();
        configure(new JobSchedulerBuilder(RecurringRegistry.Of(builder.Services)));
        return builder;
    }

    /// <summary>Adds what runs jobs, but nothing that fetches any.</summary>
    internal static void AddJobRunner(this IServiceCollection services, Action<JobWorkerBuilder> configure)
    {
        var registry = new JobRegistry(new WorkflowReportRegistration());
        var upcasters = new JobUpcasters();
        services.AddOptions<JobWorkerOptions>().BindConfiguration("Flasky:Jobs:Worker").ValidateOnStart();
        services.AddSingleton<IValidateOptions<JobWorkerOptions>, JobWorkerOptionsValidator>();
        configure(new JobWorkerBuilder(services, registry, upcasters));
        upcasters.Check(registry);
        services.AddOptions<JobEncryptionOptions>()
            .Validate<IServiceProviderIsService>((_, known) => !registry.NeedsEncryption || known.IsService(typeof(IJobPayloadProtector)), JobEncryption.Missing)
            .ValidateOnStart();

        services.AddSingleton(registry);
        services.AddSingleton<JobDecoder>();
        services.AddSingleton(upcasters);
        services.AddSingleton<JobRunner>();
    }

    /// <summary>
    /// Not by default: to trace commands the client keeps every one with its arguments until they are exported, in turns of ten
    /// seconds. A busy worker would hold tens of megabytes of them, and a trace would be full of what no reader asks for.
    /// </summary>
    private static bool AsksForTracing(IConfiguration configuration, string connectionName) =>
        (configuration.GetValue<bool?>($"{RedisSection}:{connectionName}:DisableTracing") ?? configuration.GetValue<bool?>($"{RedisSection}:DisableTracing")) == false;
}
