using Flasky.Jobs;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Worker;

/// <summary>A job that takes a while and leaves notes that outlive its worker.</summary>
/// <param name="Number">Which one it is.</param>
[Job("benchmark.noting")]
internal sealed record NotingJob(int Number) : IJob
{
    /// <summary>LIST of the numbers of jobs that started, once for each start.</summary>
    public static readonly RedisKey Started = "noted:started";

    /// <summary>LIST of the numbers of jobs that came to their end.</summary>
    public static readonly RedisKey Ended = "noted:ended";

    public static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(50);
}

internal sealed class NotingHandler(IConnectionMultiplexer redis) : IJobHandler<NotingJob>
{
    public async Task HandleAsync(NotingJob job, JobContext context, CancellationToken cancellationToken)
    {
        await redis.GetDatabase().ListRightPushAsync(NotingJob.Started, job.Number);
        await Task.Delay(NotingJob.Takes, cancellationToken);
        await redis.GetDatabase().ListRightPushAsync(NotingJob.Ended, job.Number);
    }
}
