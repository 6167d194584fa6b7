using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>A queue in Redis, as the jobs that a worker runs need it. Thread-safe.</summary>
/// <param name="store">The queue.</param>
/// <param name="guard">Calls it until it answers.</param>
/// <param name="clock">Its clock.</param>
/// <param name="patience">How long one call may take.</param>
/// <param name="giveUp">When the worker has no more time.</param>
internal sealed class RedisQueueAccess(
    QueueStore store, RedisGuard guard, RedisClock clock, TimeSpan patience, TimeProvider time, ILogger logger, CancellationToken giveUp) : QueueAccess(clock)
{
    public override string Consumer => store.Consumer;

    public override async Task<StartReply> StartAsync(DecodedJob job)
    {
        try
        {
            return await guard.CallAsync(() => store.StartAsync(job.Claimed, job.Directives, job.Context.Attempt), giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return StartReply.Refused;
        }
    }

    public override ProgressReports ProgressOf(ClaimedJob job, bool tracked) =>
        new(progress => store.ProgressAsync(job, progress, tracked), job, patience, time, logger);
}
