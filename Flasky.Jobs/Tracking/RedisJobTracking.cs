using System.Text.Json.Serialization.Metadata;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Tracking;

/// <summary>Reads and cancels jobs in Redis, and hears of what happens to them.</summary>
internal sealed class RedisJobTracking(RedisCalls redis, IOptions<FlaskyJobsOptions> options, IOptions<JobJsonOptions> json) : IJobTracking
{
    public async Task<JobStatus?> ReadAsync(JobId id, CancellationToken cancellationToken) =>
        (await ShowAsync(id, cancellationToken).ConfigureAwait(false)).Status;

    public async Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var (_, directives) = await ShowAsync(id, cancellationToken).ConfigureAwait(false);
        var reply = await redis.InTimeAsync(database => LuaScript.Cancel.RunAsync(database, [redis.KeysOf(id.Queue).Ready()],
            [
                id.Value.ToString("N"), (long)options.Value.DeduplicationWindow.TotalMilliseconds, directives.TrackedForMs,
                directives.Unique is { Until: not UniqueUntil.Window } unique ? unique.Key : "",
            ]), cancellationToken).ConfigureAwait(false);
        return (JobCancellation)(int)reply;
    }

    public IAsyncEnumerable<JobStatus> WatchAsync(JobId id, CancellationToken cancellationToken)
    {
        return redis.WatchAsync(redis.KeysOf(id.Queue).Events(id.Value), LookAsync, Same, status => status.State.IsEnd(), cancellationToken);

        async Task<JobStatus> LookAsync() => await ReadAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Nothing is known of job {id}. Was it enqueued as tracked, and did it not end longer than {options.Value.TrackedFor} ago?");
    }

    public JsonTypeInfo<TResult> ResultType<TResult>() => (JsonTypeInfo<TResult>)json.Value.SerializerOptions.GetTypeInfo(typeof(TResult));

    /// <summary>Whether nothing happened in between. The history alone tells: each event adds to it, but for progress.</summary>
    private static bool Same(JobStatus status, JobStatus last) =>
        status.State == last.State && status.Progress == last.Progress && status.Attempt == last.Attempt && status.History.SequenceEqual(last.History);

    private async Task<(JobStatus? Status, JobDirectives Directives)> ShowAsync(JobId id, CancellationToken cancellationToken) =>
        StoredJob.Read(id, (RedisResult[])(await redis.InTimeAsync(
            database => LuaScript.Show.RunAsync(database, [redis.KeysOf(id.Queue).Ready()], [id.Value.ToString("N")]), cancellationToken).ConfigureAwait(false))!);
}
