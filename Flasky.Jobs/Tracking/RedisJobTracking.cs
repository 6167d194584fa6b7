using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Tracking;

/// <summary>Reads and cancels jobs in Redis, and hears of what happens to them.</summary>
internal sealed class RedisJobTracking(
    Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, IOptions<JobJsonOptions> json, TimeProvider time) : IJobTracking
{
    /// <summary>How often to look should a message be lost.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    public async Task<JobStatus?> ReadAsync(JobId id, CancellationToken cancellationToken) =>
        (await ShowAsync(id, cancellationToken).ConfigureAwait(false)).Status;

    public async Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var (_, directives) = await ShowAsync(id, cancellationToken).ConfigureAwait(false);
        var reply = await AnsweredAsync(LuaScript.Cancel.RunAsync(Database, [KeysOf(id).Ready()],
            [
                id.Value.ToString("N"), (long)options.Value.DeduplicationWindow.TotalMilliseconds, directives.TrackedForMs,
                directives.Unique is { Until: not UniqueUntil.Window } unique ? unique.Key : "", "", "",
            ]), cancellationToken).ConfigureAwait(false);
        return (JobCancellation)(int)reply;
    }

    public async IAsyncEnumerable<JobStatus> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var news = new WakeUp(time);
        var channel = new RedisChannel(KeysOf(id).Events(id.Value), RedisChannel.PatternMode.Literal);
        // After a reconnect nobody knows what was missed.
        void Reconnected(object? sender, ConnectionFailedEventArgs e) => news.Ring();
        void Told(RedisChannel from, RedisValue message) => news.Ring();
        redis.Value.ConnectionRestored += Reconnected;
        try
        {
            // Before the first look, so that nothing happens unheard in between.
            await AnsweredAsync(SubscribeAsync(), cancellationToken).ConfigureAwait(false);
            JobStatus? last = null;
            while (last?.State.IsEnd() != true)
            {
                if (await LookAsync(id, last, cancellationToken).ConfigureAwait(false) is { } status && !Same(status, last))
                    yield return last = status;
                else
                    await news.WaitAsync(LookInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            redis.Value.ConnectionRestored -= Reconnected;
            await redis.Value.GetSubscriber().UnsubscribeAsync(channel, Told, CommandFlags.FireAndForget).ConfigureAwait(false);
        }

        async Task<bool> SubscribeAsync()
        {
            await redis.Value.GetSubscriber().SubscribeAsync(channel, Told).ConfigureAwait(false);
            return true;
        }
    }

    public JsonTypeInfo<TResult> ResultType<TResult>() => (JsonTypeInfo<TResult>)json.Value.SerializerOptions.GetTypeInfo(typeof(TResult));

    private IDatabase Database => redis.Value.GetDatabase();

    /// <returns>Null if Redis did not answer after it had before: that is waited out.</returns>
    private async Task<JobStatus?> LookAsync(JobId id, JobStatus? last, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(id, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Nothing is known of job {id}. Was it enqueued as tracked, and did it not end longer than {options.Value.TrackedFor} ago?");
        }
        catch (JobQueueUnavailableException) when (last is not null)
        {
            return null;
        }
    }

    /// <summary>Whether nothing happened in between. The history alone tells: each event adds to it, but for progress.</summary>
    private static bool Same(JobStatus status, JobStatus? last) =>
        last is not null && status.State == last.State && status.Progress == last.Progress && status.Attempt == last.Attempt
        && status.History.SequenceEqual(last.History);

    private async Task<(JobStatus? Status, JobDirectives Directives)> ShowAsync(JobId id, CancellationToken cancellationToken) =>
        StoredJob.Read(id, (RedisResult[])(await AnsweredAsync(
            LuaScript.Show.RunAsync(Database, [KeysOf(id).Ready()], [id.Value.ToString("N")]), cancellationToken).ConfigureAwait(false))!);

    private JobKeys KeysOf(JobId id) => new(options.Value.KeyPrefix, id.Queue);

    private async Task<T> AnsweredAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new JobQueueUnavailableException($"Redis did not answer: {e.Message}", e);
        }
    }
}
