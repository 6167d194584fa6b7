using System.Text.Json.Serialization;

namespace Flasky.Jobs;

/// <summary>A worker process as it last told of itself. Immutable.</summary>
public sealed record JobWorkerInfo
{
    /// <summary>Unique: a process that starts again has another one. Also the consumer's name in Redis, and in a job's history.</summary>
    public required string Name { get; init; }

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The application's version. Null: it has none.</summary>
    public string? Version { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>The process's number on its machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The queues it serves.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Jobs it runs at once at most.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Jobs it held at its last heartbeat.</summary>
    public required int Running { get; init; }

    /// <summary>When it started, by its own clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last heartbeat, by the clock of Redis; there is one every five seconds.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>
    /// Whether its last heartbeat is younger than 15 seconds. One that stopped in order is not listed any more; one that is not live died, hangs,
    /// or cannot reach Redis, and is listed for ten minutes.
    /// </summary>
    public bool IsLive { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobWorkerInfo))]
internal sealed partial class JobWorkerInfoContext : JsonSerializerContext;
