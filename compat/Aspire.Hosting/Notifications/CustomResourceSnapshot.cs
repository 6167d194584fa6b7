using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment. Immutable.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind: Project, Container, Parameter.</summary>
    public required string ResourceType { get; init; }

    /// <summary>More facts, such as <c>executable.pid</c>.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was started; null before that.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended; null before that.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>The state; null before the first one.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>The environment of its process.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>What its health checks said last.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The worst of the reports; healthy without health checks; null unless it runs.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running
        ? null
        : HealthReports.Select(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy)
            .DefaultIfEmpty(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)
            .Min();
}

/// <summary>A fact about a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value may not be shown.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>An address of a resource.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal);

/// <summary>An environment variable of a resource's process.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>What a health check said.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">Its verdict; null before the first.</param>
/// <param name="Description">Its words, or null.</param>
/// <param name="ExceptionText">Its exception, or null.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText);

/// <summary>Tells of a resource at one moment.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Which process of the resource: its name and a random suffix.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What is known of it.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
