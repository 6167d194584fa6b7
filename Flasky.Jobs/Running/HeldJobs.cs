using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>The jobs of one queue that this process holds, from hand-out to settlement. Thread-safe.</summary>
internal sealed class HeldJobs
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RunningJob> byEntry = new(StringComparer.Ordinal);
    private readonly HashSet<RunningJob> abandoned = [];
    private TaskCompletionSource? ended;

    /// <summary>Holds jobs that were handed out.</summary>
    /// <param name="claimed">The jobs.</param>
    /// <param name="leaseEnd">The timestamp up to which they are this worker's.</param>
    public RunningJob[] Add(ClaimedJob[] claimed, long leaseEnd)
    {
        var jobs = Array.ConvertAll(claimed, job => new RunningJob(job) { LeaseEnd = leaseEnd });
        List<RunningJob>? earlier = null;
        lock (gate)
        {
            foreach (var job in jobs)
            {
                if (byEntry.Remove(job.Claimed.EntryId, out var held))
                    (earlier ??= []).Add(held);
                byEntry.Add(job.Claimed.EntryId, job);
            }
        }
        // This worker was silent so long that it took its own jobs over: the earlier runs are fenced off.
        earlier?.ForEach(job => job.LoseLease());
        return jobs;
    }

    /// <summary>Lets go of a job that is settled, lost or handed back.</summary>
    public void Remove(RunningJob job) => Remove([job]);

    /// <inheritdoc cref="Remove(RunningJob)"/>
    public void Remove(IReadOnlyCollection<RunningJob> jobs)
    {
        lock (gate)
        {
            foreach (var job in jobs)
            {
                if (byEntry.TryGetValue(job.Claimed.EntryId, out var held) && held == job)
                    byEntry.Remove(job.Claimed.EntryId);
                abandoned.Remove(job);
            }
            TellIfEnded();
        }
        foreach (var job in jobs)
            job.Dispose();
    }

    /// <summary>Notes that a job stopped without an outcome, because the worker stops. It stays held until it is handed back.</summary>
    public void Abandon(RunningJob job)
    {
        lock (gate)
        {
            if (byEntry.TryGetValue(job.Claimed.EntryId, out var held) && held == job)
                abandoned.Add(job);
            TellIfEnded();
        }
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

    /// <summary>Completes when every held job was settled or abandoned. Only for the time after the last <see cref="Add"/>.</summary>
    public Task WhenEndedAsync()
    {
        lock (gate)
        {
            ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TellIfEnded();
            return ended.Task;
        }
    }

    private void TellIfEnded()
    {
        if (byEntry.Count == abandoned.Count)
            ended?.TrySetResult();
    }
}
