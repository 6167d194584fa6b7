using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Jobs.Recurring;

/// <summary>Enqueues the recurring jobs of one queue in Redis, tick by tick, and sleeps in between.</summary>
internal sealed partial class QueueScheduler(
    string queue, QueueTicks ticks, string bellChannel, IConnectionMultiplexer redis, TimeProvider time, ILogger logger)
{
    /// <summary>How often to look should a bell be lost, or the clocks of Redis and this machine run apart.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly RedisChannel bell = new(bellChannel, RedisChannel.PatternMode.Literal);
    private readonly WakeUp wakeUp = new(time);
    private bool listening;

    /// <summary>Runs until <paramref name="stop"/>, through every outage of Redis.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var wait = await LookAsync().WaitAsync(CallTimeout, time, stop).ConfigureAwait(false);
                if (pause > TimeSpan.Zero)
                    LogRecovered(queue);
                pause = TimeSpan.Zero;
                await wakeUp.WaitAsync(wait, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e.IsOutage(stop))
            {
                // Every script may be repeated, so nothing is lost and nothing doubled by trying again.
                if (pause == TimeSpan.Zero)
                    LogFailing(queue, e.Message);
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await StopListeningAsync().ConfigureAwait(false);
    }

    /// <returns>How long to sleep.</returns>
    private async Task<TimeSpan> LookAsync()
    {
        await ListenAsync().ConfigureAwait(false);
        return await ticks.LookAsync().ConfigureAwait(false) is { } wait && wait < LookInterval ? wait : LookInterval;
    }

    private async Task ListenAsync()
    {
        if (listening)
            return;
        // The client keeps the subscription through reconnects.
        await redis.GetSubscriber().SubscribeAsync(bell, Ring).ConfigureAwait(false);
        listening = true;
    }

    private async Task StopListeningAsync()
    {
        try
        {
            await redis.GetSubscriber().UnsubscribeAsync(bell, Ring).WaitAsync(CallTimeout, time).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage())
        {
            // The subscription ends with the connection.
            LogNotUnsubscribed(queue, e.Message);
        }
    }

    private void Ring(RedisChannel channel, RedisValue message) => wakeUp.Ring();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recurring jobs of queue {Queue}: Redis does not answer ({Problem}); trying again until it does")]
    private partial void LogFailing(string queue, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recurring jobs of queue {Queue}: Redis answers again")]
    private partial void LogRecovered(string queue);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Recurring jobs of queue {Queue}: not unsubscribed ({Problem})")]
    private partial void LogNotUnsubscribed(string queue, string problem);
}
