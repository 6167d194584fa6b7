using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>What is known of the tracked jobs of one queue, for as long as in Redis. Not thread-safe.</summary>
internal sealed class MemoryNotes(TimeProvider time)
{
    /// <summary>As in lib/jobs.lua: from the last event of a job that has not ended.</summary>
    private static readonly TimeSpan UnendedFor = TimeSpan.FromDays(30);

    private readonly Dictionary<Guid, JobNotes> notes = [];

    /// <summary>Begins the notes of a job, if it is tracked.</summary>
    public void Begin(Guid id, string name, JobDirectives directives)
    {
        if (directives.TrackedForMs > 0)
            notes[id] = new JobNotes { Name = name, Directives = directives };
    }

    /// <summary>Null: there are none, or none any more.</summary>
    public JobNotes? Find(Guid id) => notes.GetValueOrDefault(id) is { } kept && kept.Until > time.GetUtcNow() ? kept : null;

    /// <summary>Notes what became of a job, if it has notes.</summary>
    /// <param name="delay">Until it is due, if it waits for a time.</param>
    public void Add(Guid id, JobState state, int attempt, TimeSpan delay = default, string? worker = null, string error = "")
    {
        if (!notes.TryGetValue(id, out var kept))
            return;
        var tracked = TimeSpan.FromMilliseconds(kept.Directives.TrackedForMs);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        kept.Add(
            new JobEvent(now, state, attempt, worker, error.Length > 0 ? error : null),
            now + (state.IsEnd() ? tracked : (tracked > UnendedFor ? tracked : UnendedFor) + delay));
    }
}

/// <summary>What is kept of a tracked job, also after its end.</summary>
internal sealed class JobNotes
{
    private const int Most = 32;

    public required string Name { get; init; }
    public required JobDirectives Directives { get; init; }
    public JobState State { get; private set; }
    public int Attempt { get; private set; }
    public string? Worker { get; private set; }
    public string? Error { get; private set; }
    public string? Progress { get; set; }
    public string? Result { get; set; }
    public DateTimeOffset Until { get; private set; }
    public List<JobEvent> History { get; } = [];

    public void Add(JobEvent entry, DateTimeOffset until)
    {
        (State, Attempt, Worker, Error, Until) = (entry.State, entry.Attempt, entry.Worker, entry.Error, until);
        History.Add(entry);
        if (History.Count > Most)
            History.RemoveAt(0);
    }
}
