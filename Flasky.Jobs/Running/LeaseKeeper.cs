using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>
/// Renews the leases of held jobs every third of the lease, so that one lost heartbeat costs nothing. A job whose lease
/// is gone, or whose renewal failed for a whole lease, is cancelled: another worker may run it by now.
/// </summary>
internal sealed partial class LeaseKeeper(
    string queue, QueueStore store, RedisGuard guard, HeldJobs held, TimeSpan lease, TimeProvider time, ILogger logger)
{
    /// <summary>Renewals in one script; keeps it well under a millisecond.</summary>
    private const int BatchSize = 256;

    public async Task RunAsync(CancellationToken stop)
    {
        var renewed = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(lease / 3, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var jobs = held.Snapshot();
            try
            {
                foreach (var stream in jobs.GroupBy(job => job.Claimed.Priority))
                {
                    foreach (var batch in stream.Chunk(BatchSize))
                        await RenewAsync(batch).ConfigureAwait(false);
                }
                // The worker is told of cancellations; this is for those that it missed.
                if (jobs.Length > 0 && await store.AnyCancelledAsync().WaitAsync(lease / 3, time, CancellationToken.None).ConfigureAwait(false))
                    await StopCancelledAsync(jobs).ConfigureAwait(false);
                renewed = time.GetTimestamp();
            }
            catch (Exception e) when (e.IsOutage(CancellationToken.None))
            {
                if (time.GetElapsedTime(renewed) >= lease)
                    Array.ForEach(jobs, Lose);
            }
        }
    }

    /// <summary>Gives a job up: its run is cancelled and nothing of it will be settled.</summary>
    public void Lose(RunningJob job)
    {
        if (!job.LoseLease())
            return;
        LogLost(queue, job.Claimed.Id);
    }

    private async Task RenewAsync(RunningJob[] batch)
    {
        var jobs = batch.Where(job => !job.LeaseLost).ToDictionary(job => job.Claimed.EntryId, StringComparer.Ordinal);
        if (jobs.Count == 0)
            return;
        var end = time.GetTimestamp() + (long)(lease.TotalSeconds * time.TimestampFrequency);
        var lost = await store.HeartbeatAsync([.. jobs.Values.Select(job => job.Claimed)])
            .WaitAsync(lease / 3, time).ConfigureAwait(false);
        // While every slot has a long job, nothing else asks Redis.
        guard.Answered();
        foreach (var (_, job) in jobs.ExceptBy(lost, renewed => renewed.Key))
            job.LeaseEnd = end;
        // A job that was settled while the heartbeat was under way is reported too; it is held no more.
        var now = held.Snapshot();
        foreach (var entry in lost)
        {
            if (now.Contains(jobs[entry]) && !jobs[entry].Settling)
                Lose(jobs[entry]);
        }
    }

    private async Task StopCancelledAsync(RunningJob[] jobs)
    {
        foreach (var batch in jobs.Chunk(BatchSize))
        {
            var cancelled = await store.CancelledAsync([.. batch.Select(job => job.Claimed)]).WaitAsync(lease / 3, time).ConfigureAwait(false);
            foreach (var job in batch.Where(job => cancelled.Contains(job.Claimed.Id)))
                job.Stop(StopReason.Cancelled);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Queue}:{JobId}: this worker lost its lease; the run is cancelled and another worker has the job")]
    private partial void LogLost(string queue, string jobId);
}
