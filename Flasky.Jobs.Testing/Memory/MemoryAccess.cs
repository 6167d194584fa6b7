using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>A queue in memory, as a running job needs it.</summary>
internal sealed class MemoryAccess(MemoryStore store, JobId id, string worker, TimeProvider time, ILogger logger) : QueueAccess(new RedisClock(time))
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override string Consumer => worker;

    public override Task<StartReply> StartAsync(DecodedJob job)
    {
        store.Start(id, job.Directives, job.Context.Attempt, worker);
        return Task.FromResult(StartReply.Started);
    }

    public override ProgressReports ProgressOf(ClaimedJob job, bool tracked) => new(
        progress =>
        {
            if (tracked)
                store.Progress(id, progress);
            return Task.CompletedTask;
        }, job, Patience, time, logger);
}
