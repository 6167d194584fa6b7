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
        job.Settling = !outcome.IsAbandoned;
        if (outcome.IsAbandoned)
        {
            // A lost job is another worker's; one that was told to stop stays held until it is handed back.
            if (job.LeaseLost)
                held.Remove(job);
            else
                held.Abandon(job);
            return Task.CompletedTask;
        }
        if (outcome.Settlement is { } settlement)
            return SettleAsync(job, settlement);
        succeeded.Writer.TryWrite(job);
        return Task.CompletedTask;
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
        foreach (var stream in batch.Where(job => !job.LeaseLost).Select(job => job.Claimed).GroupBy(job => job.Priority))
        {
            List<ClaimedJob> mine = [.. stream];
            if (await AnsweredAsync(() => store.CompleteAsync(mine)).ConfigureAwait(false) is not { } refused)
                continue;
            foreach (var entry in refused)
                leases.Lose(batch.First(job => job.Claimed.EntryId == entry));
        }
        held.Remove(batch);
    }

    private async Task SettleAsync(RunningJob job, Settlement settlement)
    {
        var reply = await ReplyAsync(job, settlement).ConfigureAwait(false);
        // It was cancelled while it failed: it has no next attempt.
        if (reply == SettleReply.Cancelled)
            reply = await ReplyAsync(job, settlement with { State = JobState.Cancelled, Delay = null }).ConfigureAwait(false);
        if (reply == SettleReply.Refused)
            leases.Lose(job);
        held.Remove(job);
    }

    /// <returns>Null if there was nobody to tell or no time left for it.</returns>
    private async Task<SettleReply?> ReplyAsync(RunningJob job, Settlement settlement) => job.LeaseLost ? null
        : (await AnsweredAsync<object>(async () => await store.SettleAsync(job.Claimed, settlement, deadCapacity).ConfigureAwait(false)).ConfigureAwait(false)) as SettleReply?;

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
