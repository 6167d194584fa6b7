using System.Runtime.CompilerServices;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>Redis for those who ask and watch, as against workers: an answer in time, or an exception that says so. A singleton; safe for concurrent use.</summary>
internal sealed class RedisCalls(Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, TimeProvider time)
{
    /// <summary>How often to look should a message be lost.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    public JobKeys KeysOf(string queue) => new(options.Value.KeyPrefix, queue);

    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public Task<T> InTimeAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        return CallAsync().AnsweredAsync(options.Value.EnqueueTimeout, time, cancellationToken);

        // The connection itself may fail.
        async Task<T> CallAsync() => await call(redis.Value.GetDatabase()).ConfigureAwait(false);
    }

    /// <summary>A state now, and again whenever it has changed, until it is the last.</summary>
    /// <param name="events">The channel that tells of changes.</param>
    /// <param name="look">Reads the state.</param>
    /// <param name="same">Whether nothing happened between two.</param>
    /// <param name="last">Whether it is the last.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time. Later failures are waited out.</exception>
    public async IAsyncEnumerable<T> WatchAsync<T>(
        string events, Func<Task<T>> look, Func<T, T, bool> same, Func<T, bool> last, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var news = new WakeUp(time);
        var channel = new RedisChannel(events, RedisChannel.PatternMode.Literal);
        // After a reconnect nobody knows what was missed.
        void Reconnected(object? sender, ConnectionFailedEventArgs e) => news.Ring();
        void Told(RedisChannel from, RedisValue message) => news.Ring();
        redis.Value.ConnectionRestored += Reconnected;
        try
        {
            // Before the first look, so that nothing happens unheard in between.
            await InTimeAsync(_ => SubscribeAsync(), cancellationToken).ConfigureAwait(false);
            T? seen = null;
            while (seen is null || !last(seen))
            {
                if (await LookAsync(seen).ConfigureAwait(false) is { } state && (seen is null || !same(state, seen)))
                    yield return seen = state;
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

        async Task<T?> LookAsync(T? seen)
        {
            try
            {
                return await look().ConfigureAwait(false);
            }
            catch (JobQueueUnavailableException) when (seen is not null)
            {
                return null;
            }
        }
    }
}
