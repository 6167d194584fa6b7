using System.Threading.Channels;
using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>
/// Records outcomes in Redis. Successes go in batches: while one call is under way the next jobs gather, so the batch
/// grows with the load and an idle worker settles at once. Thread-safe.
/// </summary>
/// <param name="giveUp">When cancelled, what Redis has not taken yet is left to other workers: they run it again.</param>
internal sealed class Settler(
    QueueStore store, RedisGuard guard, HeldJobs held, LeaseKeeper leases, int deadCapacity, CancellationToken giveUp)
{
    private const int BatchSize = 128;

    private readonly Channel<RunningJob> succeeded = Channel.CreateUnbounded<RunningJob>(new UnboundedChannelOptions { SingleReader = true });

    public Task SettleAsync(RunningJob job, JobOutcome outcome)
    {
        job.Settling = outcome.Result != JobResult.Abandoned;
        switch (outcome.Result)
        {
            case JobResult.Succeeded:
                succeeded.Writer.TryWrite(job);
                return Task.CompletedTask;
            case JobResult.Retry:
                return SettleAsync(job, () => store.RetryAsync(job.Claimed, outcome.Delay));
            case JobResult.Postponed:
                return SettleAsync(job, () => store.PostponeAsync(job.Claimed, outcome.Delay));
            case JobResult.Dead:
                return SettleAsync(job, () => store.BuryAsync(job.Claimed, outcome.Reason, deadCapacity));
            default:
                // A lost job is another worker's; one that was told to stop stays held until it is handed back.
                if (job.LeaseLost)
                    held.Remove(job);
                return Task.CompletedTask;
        }
    }

    /// <summary>No more outcomes will come; <see cref="RunAsync"/> ends when those that came are recorded.</summary>
    public void Finish() => succeeded.Writer.TryComplete();

    public async Task RunAsync()
    {
        var batch = new List<RunningJob>(BatchSize);
        while (await succeeded.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // Jobs that end at this moment share the call.
            await Task.Yield();
            while (batch.Count < BatchSize && succeeded.Reader.TryRead(out var job))
                batch.Add(job);
            await CompleteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task CompleteAsync(List<RunningJob> batch)
    {
        var mine = batch.Where(job => !job.LeaseLost).Select(job => job.Claimed).ToList();
        if (mine.Count > 0 && await AnsweredAsync(() => store.CompleteAsync(mine)).ConfigureAwait(false) is { } refused)
        {
            foreach (var entry in refused)
                leases.Lose(batch.First(job => job.Claimed.EntryId == entry));
        }
        batch.ForEach(held.Remove);
    }

    private async Task SettleAsync(RunningJob job, Func<Task<bool>> settle)
    {
        if (!job.LeaseLost && await AnsweredAsync(async () => await settle().ConfigureAwait(false) ? "" : job.Claimed.EntryId).ConfigureAwait(false) is { Length: > 0 })
            leases.Lose(job);
        held.Remove(job);
    }

    /// <returns>Null if the worker had to stop before Redis answered.</returns>
    private async Task<T?> AnsweredAsync<T>(Func<Task<T>> call) where T : class
    {
        try
        {
            return await guard.CallAsync(call, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return null;
        }
    }
}
