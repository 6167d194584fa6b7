using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource waits for those that the model says it needs.</summary>
internal static class DependencyWaits
{
    internal static Task WaitForDependenciesAsync(this ResourceNotificationService notifications, IResource resource, IReadOnlyDictionary<IResource, string[]> processes, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => processes.ContainsKey(wait.Resource))
            .SelectMany(wait => processes[wait.Resource].Select(id => notifications.WaitAsync(resource, wait, id, cancellationToken))));

    private static async Task WaitAsync(this ResourceNotificationService notifications, IResource resource, WaitAnnotation wait, string resourceId, CancellationToken cancellationToken)
    {
        var found = await notifications.WaitForResourceAsync(
            wait.Resource.Name,
            candidate => candidate.ResourceId == resourceId && IsDecided(wait, candidate.Snapshot),
            cancellationToken);
        var snapshot = found.Snapshot;
        var state = snapshot.State!.Text;
        if (state == KnownResourceStates.FailedToStart)
            throw GaveUp("it failed to start");
        if (wait.WaitType == WaitType.WaitForCompletion && snapshot.ExitCode != wait.ExitCode)
            throw GaveUp($"it ended with exit code {snapshot.ExitCode}, expected {wait.ExitCode}");
        if (wait.WaitType != WaitType.WaitForCompletion && state != KnownResourceStates.Running)
            throw GaveUp($"it entered the '{state}' state prematurely");

        DependencyFailedException GaveUp(string why) =>
            new($"Resource '{resource.Name}' stopped waiting for dependency resource '{wait.Resource.Name}' because {why}.");
    }

    private static bool IsDecided(WaitAnnotation wait, CustomResourceSnapshot snapshot)
    {
        if (ResourceNotificationService.HasEnded(snapshot))
            return wait.WaitBehavior != WaitBehavior.WaitOnResourceUnavailable || wait.WaitType == WaitType.WaitForCompletion;

        return wait.WaitType switch
        {
            WaitType.WaitUntilHealthy => snapshot.HealthStatus == HealthStatus.Healthy,
            WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
            _ => false,
        };
    }
}

/// <summary>A resource was not started because one that it needs is not there.</summary>
internal sealed class DependencyFailedException(string message) : DistributedApplicationException(message);
