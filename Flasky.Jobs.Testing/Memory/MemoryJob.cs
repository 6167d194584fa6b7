using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>A job that is in a queue, or dead. Changed only by <see cref="MemoryQueue"/>.</summary>
internal sealed class MemoryJob
{
    public required WireJob Wire { get; set; }
    public required string Arguments { get; set; }
    public required JobDirectives Directives { get; set; }
    public MemoryPlace Place { get; set; }

    /// <summary>While it is scheduled, in ms.</summary>
    public long DueMs { get; set; }

    /// <summary>Orders jobs that are ready.</summary>
    public long Turn { get; set; }

    /// <summary>The failed attempts; see <see cref="JobHistory"/>.</summary>
    public string Failures { get; set; } = "";

    /// <summary>Why it is dead.</summary>
    public string Reason { get; set; } = "";
}

/// <summary>Where a job is.</summary>
internal enum MemoryPlace
{
    Scheduled,
    Ready,
    Running,
    Dead,
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
    public long UntilMs { get; private set; }
    public List<JobEvent> History { get; } = [];

    public void Add(JobEvent entry, long untilMs)
    {
        (State, Attempt, Worker, Error, UntilMs) = (entry.State, entry.Attempt, entry.Worker, entry.Error, untilMs);
        History.Add(entry);
        if (History.Count > Most)
            History.RemoveAt(0);
    }
}
