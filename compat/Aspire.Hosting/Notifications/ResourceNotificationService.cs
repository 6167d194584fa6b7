using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells what state each resource is in. Thread-safe.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceEvent> current = [];
    private readonly HashSet<Channel<ResourceEvent>> watchers = [];
    private readonly CancellationTokenSource disposing = new();
    private readonly DistributedApplicationModel? model;

    /// <summary>For a model, whose names are checked in waits.</summary>
    public ResourceNotificationService(DistributedApplicationModel model) => this.model = model;

    /// <summary>Waits until a process of the resource is in a state; null is Running.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a process of the resource is in one of the states, and returns which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var found = await WaitForResourceAsync(
            resourceName,
            candidate => candidate.Snapshot.State is { } state && targetStates.Contains(state.Text, StringComparer.OrdinalIgnoreCase),
            cancellationToken);
        return found.Snapshot.State!.Text;
    }

    /// <summary>Waits until a process of the resource satisfies a condition.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var candidate in WatchAsync(cancellationToken))
            {
                if (string.Equals(candidate.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(candidate))
                    return candidate;
            }
        }
        catch (OperationCanceledException cancellation)
        {
            throw new OperationCanceledException($"Waiting for the resource '{resourceName}' was given up. {Describe(resourceName)}", cancellation, cancellation.CancellationToken);
        }

        throw new OperationCanceledException($"Waiting for the resource '{resourceName}' was given up because the application ended. {Describe(resourceName)}");
    }

    /// <summary>Waits until a process of the resource runs and is healthy.</summary>
    /// <exception cref="DistributedApplicationException">It ended or could not be started.</exception>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    /// <summary>Waits until a process of the resource runs and is healthy.</summary>
    /// <exception cref="DistributedApplicationException">There is none of that name; or it ended or could not be started, and <paramref name="waitBehavior" /> says to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (model?.Resources.TryGetByName(resourceName, out _) == false)
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");

        var found = await WaitForResourceAsync(
            resourceName,
            candidate => candidate.Snapshot.HealthStatus == HealthStatus.Healthy || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && HasEnded(candidate.Snapshot)),
            cancellationToken);
        return found.Snapshot.HealthStatus == HealthStatus.Healthy
            ? found
            : throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start. {Describe(resourceName)}");
    }

    /// <summary>What is known of one process now, by its id, or by the resource's name if it has one process only.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (gate)
        {
            if (current.TryGetValue(resourceId, out resourceEvent))
                return true;

            var named = current.Values.Where(candidate => string.Equals(candidate.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).ToArray();
            resourceEvent = named.Length == 1 ? named[0] : null;
            return resourceEvent is not null;
        }
    }

    /// <summary>What is known of every process now, then each change, until cancelled or the application ends.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (gate)
        {
            foreach (var known in current.Values)
                channel.Writer.TryWrite(known);
            watchers.Add(channel);
        }

        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposing.Token);
            await foreach (var change in channel.Reader.ReadAllAsync(both.Token))
                yield return change;
        }
        finally
        {
            lock (gate)
                watchers.Remove(channel);
        }
    }

    /// <summary>Changes what is known of one process, and tells everyone who watches.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        Publish(resource, resourceId, stateFactory);
        return Task.CompletedTask;
    }

    /// <summary>Ends all waits.</summary>
    public void Dispose()
    {
        disposing.Cancel();
        disposing.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Publish(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (gate)
        {
            var before = current.GetValueOrDefault(resourceId)?.Snapshot ?? new() { ResourceType = resource.GetType().Name, Properties = [] };
            var change = current[resourceId] = new(resource, resourceId, stateFactory(before));
            foreach (var watcher in watchers)
                watcher.Writer.TryWrite(change);
        }
    }

    internal static bool HasEnded(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    internal IReadOnlyList<ResourceEvent> CurrentOf(IResource resource)
    {
        lock (gate)
            return [.. current.Values.Where(candidate => ReferenceEquals(candidate.Resource, resource))];
    }

    private string Describe(string resourceName)
    {
        lock (gate)
        {
            var known = current.Values.Where(candidate => string.Equals(candidate.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))
                .Select(candidate => $"{candidate.ResourceId} is {candidate.Snapshot.State?.Text}"
                    + (candidate.Snapshot.HealthStatus is { } health ? $", {health}" : "")
                    + (candidate.Snapshot.ExitCode is { } code ? $", exit code {code}" : ""));
            return "Now " + string.Join("; ", known.DefaultIfEmpty("it is in no state")) + ".";
        }
    }
}
