using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

internal static class EngineServices
{
    // Projects get 30 s to finish their work, then servers get as much to write their data.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(75);

    internal static void AddEngine(this IServiceCollection services, DistributedApplicationOptions options, DistributedApplicationExecutionContext context, EngineSettings settings)
    {
        services.AddHealthChecks();
        services.AddHttpClient();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(context);
        services.AddSingleton(settings);
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<Orchestrator>()));
        services.AddSingleton<EngineConsole>();
        services.AddSingleton<Ports>();
        services.AddSingleton<Guardian>();
        services.AddSingleton<ProcessLauncher>();
        services.AddSingleton<ProcessEnvironment>();
        services.AddSingleton<StateWriter>();
        services.AddSingleton<FailureReport>();
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
    }
}
