using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>A distributed application: starts what the model describes and stops it again. Thread-safe.</summary>
public class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private bool disposed;

    /// <summary>The services of the AppHost itself.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Tells what state each resource is in.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Starts and stops single resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>What replaces <see cref="RunAsync" /> when a test drives the application; null otherwise.</summary>
    internal Func<CancellationToken, Task>? DrivenBy { get; set; }

    /// <summary>Starts a model without a command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Starts a model from a command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Starts a model.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Starts the application. Returns when all is set in motion, not when all is healthy.</summary>
    /// <exception cref="DistributedApplicationException">It cannot run here; the message says why.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    /// <summary>Stops everything, in the reverse order of the start.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    /// <summary>Runs the application until it is asked to stop. The exit code says whether it could run.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (DrivenBy is not null)
        {
            await DrivenBy(cancellationToken);
            return;
        }

        var console = Services.GetRequiredService<EngineConsole>();
        try
        {
            await host.RunAsync(cancellationToken);
        }
        catch (DistributedApplicationException problem)
        {
            console.Problem(problem.Message);
            Environment.ExitCode = 1;
        }
    }

    /// <inheritdoc cref="RunAsync" />
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            host.Dispose();
        GC.SuppressFinalize(this);
    }
}
