using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>The jobs of one queue that this process holds, from hand-out to settlement. Thread-safe.</summary>
internal sealed class HeldJobs
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RunningJob> byEntry = new(StringComparer.Ordinal);
    private TaskCompletionSource? emptied;

    /// <summary>Holds a job that was handed out.</summary>
    public RunningJob Add(ClaimedJob claimed)
    {
        var job = new RunningJob(claimed);
        RunningJob? earlier;
        lock (gate)
        {
            byEntry.Remove(claimed.EntryId, out earlier);
            byEntry.Add(claimed.EntryId, job);
        }
        // This worker was silent so long that it took its own job over: the earlier run is fenced off.
        earlier?.LoseLease();
        return job;
    }

    /// <summary>Lets go of a job that is settled or lost.</summary>
    public void Remove(RunningJob job)
    {
        lock (gate)
        {
            if (byEntry.TryGetValue(job.Claimed.EntryId, out var held) && held == job)
                byEntry.Remove(job.Claimed.EntryId);
            if (byEntry.Count == 0)
                emptied?.TrySetResult();
        }
        job.Dispose();
    }

    public int Count
    {
        get
        {
            lock (gate)
                return byEntry.Count;
        }
    }

    public RunningJob[] Snapshot()
    {
        lock (gate)
            return [.. byEntry.Values];
    }

    /// <summary>Completes when nothing is held. Only for the time after the last <see cref="Add"/>.</summary>
    public Task WhenEmptyAsync()
    {
        lock (gate)
        {
            if (byEntry.Count == 0)
                return Task.CompletedTask;
            emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return emptied.Task;
        }
    }
}
