using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Operations;

/// <summary>A job as a list step found it. Immutable.</summary>
internal sealed record StoredSummary
{
    public required JobId Id { get; init; }
    public required WireJob? Wire { get; init; }
    public required JobPriority Priority { get; init; }
    public required string Arguments { get; init; }
    public required int ArgumentsBytes { get; init; }
    public required IReadOnlyList<JobEvent> History { get; init; }
    public JobState State { get; init; }
    public DateTimeOffset Since { get; init; }
    public string? Reason { get; init; }
    public string? Worker { get; init; }
    public int Deliveries { get; init; }

    public static StoredSummary Read(string queue, string id, string job, JobPriority priority, string history, string arguments, int argumentsBytes) => new()
    {
        // What is no job has no id either; it can still be looked at, and deleted by a filter.
        Id = new JobId(queue, Guid.TryParseExact(id, "N", out var value) ? value : Guid.Empty),
        Wire = WireJob.Parse(job),
        Priority = priority,
        // The cut may go through a character.
        Arguments = arguments.TrimEnd('\uFFFD'),
        ArgumentsBytes = argumentsBytes,
        History = JobHistory.Read(history),
    };

    public JobSummary ToSummary() => new()
    {
        Id = Id,
        Name = Wire?.Name ?? "",
        State = State,
        Priority = Priority,
        Attempts = Wire?.Attempts ?? 0,
        CreatedAt = CreatedAt,
        Since = Since,
        Worker = Worker,
        Deliveries = Deliveries,
        Error = Reason ?? (History.Count > 0 ? History[^1].Error : null),
        Arguments = Arguments,
        ArgumentsBytes = ArgumentsBytes,
    };

    public DateTimeOffset? CreatedAt => Wire is { } wire ? DateTimeOffset.FromUnixTimeMilliseconds(wire.CreatedMs) : null;
}
