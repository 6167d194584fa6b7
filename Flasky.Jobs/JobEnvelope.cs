namespace Flasky.Jobs;

/// <summary>
/// A job ready to be sent: arguments serialised, context captured. Immutable and made of plain values, so it can be
/// stored (an outbox row, say) and sent later or again.
/// </summary>
public sealed record JobEnvelope
{
    /// <summary>The job's id; sending an envelope twice enqueues one job.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name; from version 2 on with the version behind it, as in <c>mail.newsletter@2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments as JSON; a JSON string that begins with <c>enc:</c> when they are encrypted.</summary>
    public required string Arguments { get; init; }

    /// <summary>Context that travels with the job, for example <c>traceparent</c>. Never null; usually one or two entries.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>When the job was created, by the producer's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not handed out before this time. Null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
