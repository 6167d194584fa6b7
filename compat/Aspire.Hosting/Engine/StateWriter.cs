using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Publishes the states that a process goes through.</summary>
internal sealed class StateWriter(ResourceNotificationService notifications, TimeProvider time)
{
    internal const string ProcessIdProperty = "executable.pid";
    private const string PathProperty = "project.path";

    internal void Write(Replica replica, string state, Func<CustomResourceSnapshot, CustomResourceSnapshot>? change = null) =>
        notifications.Publish(replica.Resource, replica.Id, snapshot =>
        {
            var next = snapshot with { ResourceType = TypeOf(replica.Resource), State = new(state, null) };
            return change is null ? next : change(next);
        });

    internal void WriteRunning(Replica replica, int? processId) => Write(replica, KnownResourceStates.Running, snapshot => snapshot with
    {
        State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        StartTimeStamp = time.GetUtcNow().UtcDateTime,
        Properties = Properties(replica.Resource, processId),
        Urls = Urls(replica.Resource),
        HealthReports = [.. replica.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))],
    });

    /// <summary>It has ended; without an exit code it never got as far as a process.</summary>
    internal void WriteEnded(Replica replica, int? exitCode) =>
        Write(replica, replica.Resource is ProjectResource ? KnownResourceStates.Finished : KnownResourceStates.Exited, snapshot => snapshot with
        {
            ExitCode = exitCode,
            StopTimeStamp = time.GetUtcNow().UtcDateTime,
            HealthReports = [],
        });

    internal void WriteHealth(Replica replica, ImmutableArray<HealthReportSnapshot> reports) =>
        notifications.Publish(replica.Resource, replica.Id, snapshot => snapshot.State?.Text == KnownResourceStates.Running ? snapshot with { HealthReports = reports } : snapshot);

    private static string TypeOf(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        _ => resource.GetType().Name,
    };

    private static ImmutableArray<ResourcePropertySnapshot> Properties(IResource resource, int? processId)
    {
        var properties = ImmutableArray.CreateBuilder<ResourcePropertySnapshot>();
        if (processId is { } pid)
            properties.Add(new(ProcessIdProperty, pid));
        if (resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
            properties.Add(new(PathProperty, project.ProjectPath));
        return properties.ToImmutable();
    }

    private static ImmutableArray<UrlSnapshot> Urls(IResource resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is not null).Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.AllocatedEndpoint!.UriString, IsInternal: false))];
}
