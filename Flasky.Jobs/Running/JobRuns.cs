namespace Flasky.Jobs.Running;

/// <summary>
/// Runs the jobs of one queue that were handed out, one on each slot. A slot goes from job to job without another thread being
/// woken: for a job that runs for a moment only, that would cost more than the job. Thread-safe.
/// </summary>
internal sealed class JobRuns(
    JobRunner runner, Settler settler, QueueAccess access, Slots slots, SlotShare share, WaitingJobs waiting) : IThreadPoolWorkItem
{
    /// <summary>Slots that no job has begun on.</summary>
    private int unused;
    private int queued;

    /// <summary>Runs waiting jobs on so many slots more.</summary>
    public void Open(int count)
    {
        Interlocked.Add(ref unused, count);
        Queue();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref queued, 0);
        while (TryTakeUnused())
        {
            // Should this job keep its thread busy, another one begins the next.
            if (Volatile.Read(ref unused) > 0)
                Queue();
            _ = RunAsync();
        }
    }

    private void Queue()
    {
        if (Interlocked.Exchange(ref queued, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTakeUnused()
    {
        var now = Volatile.Read(ref unused);
        while (now > 0)
        {
            if (Interlocked.CompareExchange(ref unused, now - 1, now) is var was && was == now)
                return true;
            now = was;
        }
        return false;
    }

    /// <summary>Runs jobs on one slot, one after another, until none waits or another queue's turn is first. Never faults.</summary>
    private async Task RunAsync()
    {
        while (waiting.TryTake(out var job))
        {
            var outcome = await runner.RunAsync(job, access).ConfigureAwait(false);
            var settling = settler.SettleAsync(job, outcome);
            waiting.CountEnded();
            if (!settling.IsCompletedSuccessfully)
            {
                // The slot is not held up by a round trip.
                slots.Return(1);
                await settling.ConfigureAwait(false);
                return;
            }
            if (waiting.Count == 0)
            {
                slots.Return(1);
                return;
            }
            if (!slots.TryKeep(share))
                return;
        }
        slots.Return(share, 1);
    }
}
