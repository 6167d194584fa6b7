using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>What running a job needs of its queue. Thread-safe.</summary>
/// <param name="store">The queue.</param>
/// <param name="guard">Calls it until it answers.</param>
/// <param name="clock">Its clock.</param>
/// <param name="patience">How long one call may take.</param>
/// <param name="giveUp">When the worker has no more time.</param>
internal sealed class QueueAccess(
    QueueStore store, RedisGuard guard, RedisClock clock, TimeSpan patience, TimeProvider time, ILogger logger, CancellationToken giveUp)
{
    public string Consumer => store.Consumer;

    public RedisClock Clock => clock;

    /// <returns>False if the job is not this worker's (any more), or there was no time left to ask.</returns>
    public async Task<bool> StartAsync(DecodedJob job)
    {
        try
        {
            return await guard.CallAsync(() => store.StartAsync(job.Claimed, job.Directives, job.Context.Attempt), giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return false;
        }
    }

    public ProgressReports ProgressOf(ClaimedJob job, bool tracked) => new(store, job, tracked, patience, time, logger);
}
