namespace Flasky.Jobs;

/// <summary>What the queue knows of one run of a job. Immutable.</summary>
public sealed class JobContext
{
    /// <summary>The job's id; the same on every attempt.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name.</summary>
    public required string Name { get; init; }

    /// <summary>1 for the first attempt; grows by one each time a handler throws.</summary>
    public required int Attempt { get; init; }

    /// <summary>1 for the first hand-out of this attempt; more when a worker lost the job without settling it.</summary>
    public required int Delivery { get; init; }

    /// <summary>When the job was created, by the producer's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The tick of the recurring job that this job was enqueued for, which may be long past. Null: it was for none.</summary>
    public DateTimeOffset? Tick { get; init; }
}
