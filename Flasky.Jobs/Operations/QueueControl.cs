using System.Globalization;
using Flasky.Jobs.Redis;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>A queue as a whole; each method is one script. Thread-safe.</summary>
internal sealed class QueueControl(IDatabase redis, JobKeys keys, string queue)
{
    private readonly RedisKey[] queueKeys = [keys.Ready()];

    public async Task<bool> PauseAsync() => (long)await LuaScript.Pause.RunAsync(redis, [keys.Paused], []).ConfigureAwait(false) == 1;

    public async Task<bool> ResumeAsync() => (long)await LuaScript.Resume.RunAsync(redis, queueKeys, []).ConfigureAwait(false) == 1;

    /// <param name="workers">Live workers that serve the queue.</param>
    public async Task<QueueStatistics> StatisticsAsync(int workers)
    {
        var reply = (RedisResult[])(await LuaScript.Statistics.RunAsync(redis, queueKeys, [JobKeys.Group]).ConfigureAwait(false))!;
        var now = Time(reply[0])!.Value;
        var ready = (long[])reply[2]!;
        return new QueueStatistics
        {
            Queue = queue,
            IsPaused = !reply[1].IsNull,
            PausedAt = Time(reply[1]),
            Ready = ready.Sum(),
            InLanes = ready[(int)ClaimedJob.Lanes - 1],
            ReadyByPriority = Enum.GetValues<JobPriority>().ToDictionary(priority => priority, priority => ready[(int)priority - 1]),
            Running = (long)reply[3],
            Delayed = (long)reply[4],
            NextDueAt = Time(reply[5]),
            Dead = (long)reply[6],
            DeadTrimmed = reply[7].IsNull ? 0 : (long)reply[7],
            OldestReadyAge = Time(reply[8]) is { } since ? now > since ? now - since : TimeSpan.Zero : null,
            Workers = workers,
        };
    }

    /// <returns>Null for nil, and for what is no time.</returns>
    private static DateTimeOffset? Time(RedisResult ms) =>
        long.TryParse((string?)ms, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
