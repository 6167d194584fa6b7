using System.Text.Json;
using System.Text.Json.Serialization;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Workflows;

/// <summary>A job of a workflow as it is stored until its turn: its envelope, with times that begin to count then.</summary>
internal sealed record WorkflowMember
{
    public required string Name { get; init; }

    public required string Arguments { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public TimeSpan? Delay { get; init; }

    public DateTimeOffset? At { get; init; }

    public TimeSpan? ExpiresAfter { get; init; }

    public static WorkflowMember From(JobEnvelope envelope, WorkflowPlace place, EnqueueOptions? options)
    {
        var headers = new Dictionary<string, string>(envelope.Headers, StringComparer.Ordinal);
        new JobDirectives { Workflow = place }.Write(headers);
        return new WorkflowMember
        {
            Name = envelope.Name,
            Arguments = envelope.Arguments,
            Headers = headers,
            CreatedAt = envelope.CreatedAt,
            Delay = options?.Delay,
            At = options?.At,
            ExpiresAfter = options?.ExpiresAfter,
        };
    }

    /// <summary>The job, whose turn it is now.</summary>
    public JobEnvelope ToEnvelope(JobId id, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string>(Headers, StringComparer.Ordinal);
        if (ExpiresAfter is { } expires)
            new JobDirectives { ExpiresAtMs = (now + expires).ToUnixTimeMilliseconds() }.Write(headers);
        return new JobEnvelope { Id = id, Name = Name, Arguments = Arguments, Headers = headers, CreatedAt = CreatedAt, DueAt = Delay > TimeSpan.Zero ? now + Delay : At };
    }

    public string Write() => JsonSerializer.Serialize(this, WorkflowJsonContext.Default.WorkflowMember);

    /// <exception cref="JsonException">The text is none that this version wrote.</exception>
    public static WorkflowMember Read(string text) =>
        JsonSerializer.Deserialize(text, WorkflowJsonContext.Default.WorkflowMember) ?? throw new JsonException("The workflow's job is null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkflowMember))]
[JsonSerializable(typeof(WorkflowReport))]
internal sealed partial class WorkflowJsonContext : JsonSerializerContext;
