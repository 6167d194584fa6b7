using Flasky.Jobs;
using Flasky.Jobs.Recurring;
using Flasky.Jobs.Testing;
using Flasky.Jobs.Testing.Memory;
using Flasky.Jobs.Tracking;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a queue in memory in the place of Redis, for tests.</summary>
public static class JobTestingExtensions
{
    /// <summary>
    /// Replaces what <c>AddFlaskyJobs</c> and <c>AddJobWorker</c> registered, so call it behind them: in a WebApplicationFactory in <c>ConfigureTestServices</c>.
    /// Nothing connects to Redis and nothing runs in the background; <see cref="TestJobs"/> is the test's way in.
    /// </summary>
    /// <param name="services">The services of the host under test.</param>
    /// <param name="configure">Null: jobs are recorded and not run.</param>
    /// <exception cref="InvalidOperationException">The host has no job queue yet.</exception>
    public static IServiceCollection AddJobTesting(this IServiceCollection services, Action<JobTestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(IJobQueue)))
            throw new InvalidOperationException("There is no job queue to put under test. Call builder.AddFlaskyJobs(...) or AddJobWorker(...) before AddJobTesting(); in a WebApplicationFactory, call AddJobTesting() in ConfigureTestServices.");
        var options = new JobTestingOptions();
        configure?.Invoke(options);

        services.RemoveAll(static service => service.ServiceType == typeof(IHostedService) && Implementation(service)?.Assembly == typeof(IJobQueue).Assembly);
        if (options.Clock is { } clock)
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        if (options.Handlers is { } handlers)
            services.AddJobRunner(handlers);
        services.AddSingleton(options);
        services.AddSingleton<MemoryStore>();
        services.AddSingleton<MemoryWorker>();
        services.AddSingleton<MemorySchedule>();
        services.AddSingleton<JobArguments>();
        services.AddSingleton(static provider => new TestJobs(
            provider.GetRequiredService<MemoryStore>(), provider.GetRequiredService<MemoryWorker>(), provider.GetRequiredService<MemorySchedule>(),
            provider.GetRequiredService<JobArguments>(), provider.GetRequiredService<JobTestingOptions>()));
        services.AddSingleton<RedisJobQueue>();
        services.Replace(ServiceDescriptor.Singleton<IJobQueue, MemoryJobQueue>());
        services.Replace(ServiceDescriptor.Singleton<IJobTracking, MemoryTracking>());
        services.Replace(ServiceDescriptor.Singleton<IRecurringStores, MemoryRecurringStores>());
        services.Replace(ServiceDescriptor.Singleton<IWorkflowStore, MemoryWorkflowStore>());
        services.Replace(ServiceDescriptor.Singleton<IJobLimits, MemoryLimits>());
        services.Replace(ServiceDescriptor.Singleton<IJobOperations, MemoryOperations>());
        services.AddHostedService(static provider => provider.GetRequiredService<MemorySchedule>());
        return services;
    }

    /// <inheritdoc cref="AddJobTesting"/>
    /// <param name="builder">The host under test.</param>
    /// <param name="configure">Null: jobs are recorded and not run.</param>
    public static IHostApplicationBuilder UseJobTesting(this IHostApplicationBuilder builder, Action<JobTestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddJobTesting(configure);
        return builder;
    }

    /// <summary>What a registration makes, as far as it says so; a factory says it by its own type.</summary>
    private static Type? Implementation(ServiceDescriptor service) =>
        service.IsKeyedService ? null
        : service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1];

    private static void RemoveAll(this IServiceCollection services, Func<ServiceDescriptor, bool> which)
    {
        foreach (var service in services.Where(which).ToList())
            services.Remove(service);
    }
}
