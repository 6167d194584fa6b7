using System.Diagnostics;

namespace Flasky.Tests.Telemetry;

/// <summary>A span as it came in by OTLP. Ids are lower-case hexadecimal; <see cref="ParentSpanId"/> is empty for a root.</summary>
public sealed record OtlpSpan
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    public required string ParentSpanId { get; init; }

    public required string Name { get; init; }

    public required ActivityKind Kind { get; init; }

    public required ActivityStatusCode Status { get; init; }

    public required string StatusMessage { get; init; }

    /// <summary>The source that made it, for example <c>Flasky.Jobs</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Values as invariant text; numbers and booleans too.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Of the process: <c>service.name</c>, <c>service.instance.id</c> and others.</summary>
    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    /// <summary>The span ids that it links to.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    public string ServiceName => Resource.GetValueOrDefault("service.name", "");

    public string ServiceInstanceId => Resource.GetValueOrDefault("service.instance.id", "");

    public override string ToString() => $"{ServiceName} {Kind} '{Name}' {TraceId}/{SpanId} <- {ParentSpanId}";
}
