using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>Gives jobs back to the queue unfinished, so that another worker takes them at once. It costs them neither attempt nor delivery.</summary>
internal sealed partial class HandBack(string queue, QueueStore store, HeldJobs held, TimeSpan lease, TimeProvider time, ILogger logger)
{
    /// <summary>Jobs in one script.</summary>
    private const int BatchSize = 256;

    /// <summary>How long Redis may take, and how long handlers that were told to stop may take before their jobs are handed back under them.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Jobs that have not started.</summary>
    public async Task UnstartedAsync(RunningJob[] jobs)
    {
        if (jobs.Length == 0)
            return;
        var mine = MineOf(jobs);
        // First, so that no heartbeat takes them for lost in the meantime.
        held.Remove(jobs);
        await ReleaseAsync(mine).ConfigureAwait(false);
    }

    /// <summary>What still runs now that the worker has no more time: it is told to stop, and another worker runs it.</summary>
    public async Task RestAsync()
    {
        Array.ForEach(held.Snapshot(), job => job.Stop(StopReason.Stopping));
        await held.WhenEndedAsync().WaitAsync(Grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (held.Snapshot() is not { Length: > 0 } left)
            return;
        var mine = MineOf(left);
        // They are others' from here on: no heartbeat takes them for lost, and nothing is recorded of a late end.
        Array.ForEach(left, job => job.LoseLease());
        await ReleaseAsync(mine).ConfigureAwait(false);
    }

    private static ClaimedJob[] MineOf(RunningJob[] jobs) => [.. jobs.Where(job => !job.LeaseLost).Select(job => job.Claimed)];

    private async Task ReleaseAsync(ClaimedJob[] jobs)
    {
        // One try only: the leases run out by themselves.
        try
        {
            var released = await Task.WhenAll(jobs.GroupBy(job => job.Priority)
                .SelectMany(stream => stream.Chunk(BatchSize)).Select(store.ReleaseAsync)).WaitAsync(Grace, time).ConfigureAwait(false);
            LogHandedBack(queue, released.Sum());
        }
        catch (Exception e) when (e.IsOutage())
        {
            LogNotHandedBack(queue, jobs.Length, lease, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue}: handed back {Count} unfinished job(s)")]
    private partial void LogHandedBack(string queue, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: could not hand back {Count} job(s); others take them when the lease of {Lease} has run out ({Problem})")]
    private partial void LogNotHandedBack(string queue, int count, TimeSpan lease, string problem);
}
