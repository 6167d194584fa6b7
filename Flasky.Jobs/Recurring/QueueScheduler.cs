using System.Text.Json;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Jobs.Recurring;

/// <summary>Enqueues the recurring jobs of one queue: declare, look, tick what is due, sleep until the next tick.</summary>
internal sealed partial class QueueScheduler(
    string queue, RecurringStore store, Declarations declarations, IConnectionMultiplexer redis, TimeProvider time, ILogger logger)
{
    /// <summary>Schedules in one look. More are due only after an outage; then the next look follows at once.</summary>
    private const int Batch = 64;

    /// <summary>How often to look should a bell be lost, or the clocks of Redis and this machine run apart.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly RedisChannel bell = new(store.Bell, RedisChannel.PatternMode.Literal);
    private readonly WakeUp wakeUp = new(time);
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
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
            catch (Exception e) when (e is RedisException or TimeoutException)
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
        await declarations.WriteOnceAsync().ConfigureAwait(false);
        var look = await store.DueAsync(Batch).ConfigureAwait(false);
        if (declarations.Lost(look))
            return TimeSpan.Zero;
        var ticked = false;
        foreach (var due in look.Jobs)
            ticked |= await TickAsync(due, look.Now).ConfigureAwait(false);
        return ticked ? TimeSpan.Zero : look.UntilNext < LookInterval ? look.UntilNext.Value : LookInterval;
    }

    /// <returns>False if it cannot be read; then looking again at once would find it again.</returns>
    private async Task<bool> TickAsync(DueJob due, DateTimeOffset now)
    {
        try
        {
            var definition = RecurringDefinition.Read(due.Definition);
            var ticks = DueTicks.Of(JobSchedule.Parse(definition.When), definition, due.Tick, now);
            using var sending = new TickSending(queue, due.Name, definition, ticks.Run, now);
            if (await store.TickAsync(due, ticks, sending.Jobs, definition).ConfigureAwait(false))
            {
                sending.Sent();
                LogTicked(due.Name, due.Tick, ticks.Run.Count, ticks.Next);
            }
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            if (reported.Add(due.Name + due.Version))
                LogUnreadable(due.Name, e.Message);
            return false;
        }
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
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The subscription ends with the connection.
            LogNotUnsubscribed(queue, e.Message);
        }
    }

    private void Ring(RedisChannel channel, RedisValue message) => wakeUp.Ring();

    [LoggerMessage(Level = LogLevel.Debug, Message = "Recurring job {Name} ticked at {Tick}: {Jobs} job(s); next at {Next}")]
    private partial void LogTicked(string name, DateTimeOffset tick, int jobs, DateTimeOffset? next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring job {Name} is due but cannot be read, so it waits for a process that can: {Problem}")]
    private partial void LogUnreadable(string name, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recurring jobs of queue {Queue}: Redis does not answer ({Problem}); trying again until it does")]
    private partial void LogFailing(string queue, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recurring jobs of queue {Queue}: Redis answers again")]
    private partial void LogRecovered(string queue);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Recurring jobs of queue {Queue}: not unsubscribed ({Problem})")]
    private partial void LogNotUnsubscribed(string queue, string problem);
}
