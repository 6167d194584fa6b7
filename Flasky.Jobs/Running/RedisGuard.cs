using Flasky.Jobs.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Jobs.Running;

/// <summary>
/// Calls Redis until it answers. Every script may be repeated without harm, so a time-out, a broken connection or a
/// restart is only a delay; the first failure and the recovery are logged, not each try. Thread-safe.
/// </summary>
internal sealed partial class RedisGuard(QueueStore store, TimeSpan callTimeout, string queue, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private long lastAnswer = time.GetTimestamp();
    private int failing;

    /// <summary>Time since Redis last answered a call.</summary>
    public TimeSpan SinceLastAnswer => time.GetElapsedTime(Interlocked.Read(ref lastAnswer));

    /// <summary>Notes that Redis answered a call made past this guard.</summary>
    public void Answered() => Interlocked.Exchange(ref lastAnswer, time.GetTimestamp());

    /// <param name="call">The call. It may be made several times.</param>
    /// <param name="giveUp">When not to try any more.</param>
    /// <param name="keepsReply">Whether to wait, all the same, for the reply of a call that is under way: jobs that it hands out would else be
    /// nobody's until their leases run out.</param>
    /// <exception cref="OperationCanceledException"><paramref name="giveUp"/> was cancelled before Redis answered.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken giveUp, bool keepsReply = false)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var result = await call().WaitAsync(callTimeout, time, keepsReply ? CancellationToken.None : giveUp).ConfigureAwait(false);
                Answered();
                if (Interlocked.Exchange(ref failing, 0) != 0)
                    LogRecovered(queue);
                return result;
            }
            catch (RedisServerException e) when (e.Message.Contains("NOGROUP", StringComparison.Ordinal))
            {
                LogGroupMissing(queue);
                await CreateGroupsAsync(giveUp).ConfigureAwait(false);
            }
            catch (Exception e) when (e.IsOutage(giveUp))
            {
                if (Interlocked.Exchange(ref failing, 1) == 0)
                    LogFailing(queue, e.Message);
            }
            await Task.Delay(pause, time, giveUp).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Makes the queue's streams and groups where they are missing; they are after Redis lost its data.</summary>
    public Task CreateGroupsAsync(CancellationToken giveUp) => CallAsync(
        async () =>
        {
            await store.CreateGroupsAsync().ConfigureAwait(false);
            return true;
        }, giveUp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: Redis does not answer ({Problem}); trying again until it does")]
    private partial void LogFailing(string queue, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue}: Redis answers again")]
    private partial void LogRecovered(string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: its consumer group is missing, so Redis is new or lost its data; making it again")]
    private partial void LogGroupMissing(string queue);
}
