using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Tracking;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>What is known of a job, as show.lua and its reader tell it.</summary>
internal static class MemoryStatus
{
    /// <param name="kept">Its notes. Null: none.</param>
    /// <param name="job">The job, if it waits for a time or is dead: of any other only its notes tell.</param>
    /// <returns>Null: nothing.</returns>
    public static JobStatus? Of(JobId id, JobNotes? kept, MemoryJob? job) => kept is null && job is null ? null : new JobStatus
    {
        Id = id,
        Name = kept?.Name ?? job!.Wire.Name,
        State = kept?.State ?? StateOf(job!),
        Attempt = kept?.Attempt ?? job!.Wire.Attempts,
        Progress = kept?.Progress is { } progress ? JsonSerializer.Deserialize(progress, JobProgressContext.Default.JobProgress) : null,
        Error = kept?.Error ?? (job?.Reason is { Length: > 0 } reason ? reason : null),
        DueAt = job?.Place == MemoryPlace.Scheduled ? DateTimeOffset.FromUnixTimeMilliseconds(job.DueMs) : null,
        Worker = kept?.Worker,
        Result = kept?.Result,
        History = kept?.History.ToArray() ?? JobHistory.Read(job?.Failures ?? ""),
    };

    private static JobState StateOf(MemoryJob job) => job.Place switch
    {
        MemoryPlace.Dead => JobState.Failed,
        MemoryPlace.Ready => JobState.Ready,
        _ => job.Wire.Attempts > 0 ? JobState.Retrying : JobState.Scheduled,
    };
}
