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
