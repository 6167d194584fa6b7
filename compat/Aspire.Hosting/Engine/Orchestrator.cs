using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>Starts everything in the model, in the order of what needs what, and stops it in the reverse order.</summary>
internal sealed class Orchestrator(DistributedApplicationModel model, DistributedApplicationExecutionContext context, EngineSettings settings, Ports ports, Guardian guardian, EngineConsole console, IServiceProvider services)
    : IHostedService, IAsyncDisposable
{
    private List<ResourceController> controllers = [];
    private bool stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (context.IsPublishMode)
            throw new DistributedApplicationException(PublishRequest.Message);
        if (OperatingSystem.IsWindows())
            throw new DistributedApplicationException("The stand-in for Aspire that this build uses runs on Linux and macOS only. On Windows restore from a NuGet feed that serves the real Aspire.Hosting packages (such as nuget.org); they run everywhere.");

        controllers = [.. model.Resources.SelectMany(Controllers)];
        var missing = controllers.SelectMany(controller => controller.Runner.Missing).ToHashSet();
        if (missing.Count > 0)
            throw new DistributedApplicationException(Installation.Message(missing));

        try
        {
            await settings.Data.WaitForPreviousRunAsync(services.GetRequiredService<TimeProvider>(), cancellationToken);
            ports.Allocate(model);
            guardian.Start(settings.Data);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The application's data cannot be kept: {problem.Message}", problem);
        }

        console.Welcome(model, settings.Data);

        var processes = controllers.GroupBy(controller => controller.Replica.Resource).ToDictionary(group => group.Key, group => group.Select(controller => controller.Replica.Id).ToArray());
        foreach (var controller in controllers)
            await controller.StartAsync(processes);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (stopped)
            return;

        stopped = true;
        foreach (var level in controllers.GroupBy(controller => StartLevel(controller.Replica.Resource)).OrderByDescending(level => level.Key))
            await Task.WhenAll(level.Select(controller => controller.StopAsync(cancellationToken)));
        await guardian.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        settings.Dispose();
    }

    /// <summary>The processes of a resource, or the one process of that id.</summary>
    internal IReadOnlyList<ResourceController> Find(string nameOrId) =>
        [.. controllers.Where(controller => string.Equals(controller.Replica.Id, nameOrId, StringComparison.OrdinalIgnoreCase)
            || string.Equals(controller.Replica.Resource.Name, nameOrId, StringComparison.OrdinalIgnoreCase))];

    private IEnumerable<ResourceController> Controllers(IResource resource)
    {
        if (!resource.Annotations.OfType<RunnerAnnotation>().Any())
            yield break;

        var annotation = resource.Annotations.OfType<RunnerAnnotation>().Last();
        for (var replica = 0; replica < resource.GetReplicaCount(); replica++)
        {
            var id = resource is IResourceWithParent ? resource.Name : $"{resource.Name}-{RandomSuffix.Next()}";
            yield return ActivatorUtilities.CreateInstance<ResourceController>(services, new Replica(resource, id), annotation.Create(services));
        }
    }

    // How many others must have started before this one.
    private static int StartLevel(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => StartLevel(wait.Resource) + 1).DefaultIfEmpty(0).Max();
}
