using System.Text.Json;
using Flasky.Jobs;

namespace Flasky.Data.Outbox;

/// <summary>
/// A job that was enqueued in a transaction and waits to be handed to the queue. The row is deleted once the queue has it.
/// </summary>
public sealed class OutboxJob
{
    /// <summary>Given by the database; jobs are handed over in this order.</summary>
    public long Sequence { get; private set; }

    /// <summary>The unique part of the job's id.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The queue it goes to.</summary>
    public required string Queue { get; init; }

    /// <summary>The job's wire name.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments as JSON, kept to the character.</summary>
    public required string Arguments { get; init; }

    /// <summary>The envelope's headers as a JSON object; the trace context is in them.</summary>
    public required string Headers { get; init; }

    /// <summary>When the job was created, by the producer's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not handed out before this time. Null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    internal static OutboxJob From(JobEnvelope envelope) => new()
    {
        JobId = envelope.Id.Value,
        Queue = envelope.Id.Queue,
        Name = envelope.Name,
        Arguments = envelope.Arguments,
        Headers = JsonSerializer.Serialize(envelope.Headers),
        CreatedAt = envelope.CreatedAt.ToUniversalTime(),
        DueAt = envelope.DueAt?.ToUniversalTime(),
    };
}
