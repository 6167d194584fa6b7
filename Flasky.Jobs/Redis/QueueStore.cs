using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>
/// One queue as one consumer sees it: each method is one command or script, and every settling one is fenced, so a
/// caller that lost its lease changes nothing. Safe for concurrent use.
/// </summary>
internal sealed class QueueStore(IDatabase redis, JobKeys keys, string queue, string consumer)
{
    private readonly RedisKey[] streamAndIdle = [keys.Ready, keys.Idle];
    private readonly RedisKey[] streamOnly = [keys.Ready];
    private readonly RedisKey[] liveKeys = [keys.Ready, keys.Scheduled, keys.ScheduledJobs, keys.Idle];
    private readonly RedisKey[] deadKeys = [keys.Ready, keys.Dead, keys.DeadJobs];

    public string Bell { get; } = keys.Bell(consumer);

    /// <summary>Makes the stream and its group if they are missing; the group starts at the stream's beginning.</summary>
    public async Task CreateGroupAsync()
    {
        try
        {
            await redis.ExecuteAsync("XGROUP", "CREATE", keys.Ready, JobKeys.Group, "0", "MKSTREAM").ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // Another worker made it.
        }
    }

    /// <summary>Hands out ready jobs, and nothing else: for a worker that knows of a backlog.</summary>
    public async Task<ClaimedJob[]> ReadAsync(int count)
    {
        var reply = await redis.ExecuteAsync(
            "XREADGROUP", "GROUP", JobKeys.Group, consumer, "COUNT", count, "STREAMS", keys.Ready, ">").ConfigureAwait(false);
        return reply.IsNull ? [] : ReadEntries(((RedisResult[])((RedisResult[])reply!)[0]!)[1]);
    }

    /// <summary>Moves due jobs, hands out ready ones, and notes this consumer as idle if there are none.</summary>
    public async Task<LookResult> LookAsync(int count)
    {
        var reply = (RedisResult[])(await LuaScript.Look.RunAsync(redis, liveKeys,
            [JobKeys.Group, consumer, count, Bell]).ConfigureAwait(false))!;
        var untilDue = (long)reply[0];
        return new LookResult(ReadEntries(reply[1]), untilDue < 0 ? null : TimeSpan.FromMilliseconds(untilDue));
    }

    public async Task<ReapResult> ReapAsync(TimeSpan lease, int count, int maxDeliveries, int deadCapacity)
    {
        var reply = (RedisResult[])(await LuaScript.Reap.RunAsync(redis, deadKeys,
            [JobKeys.Group, consumer, (long)lease.TotalMilliseconds, count, maxDeliveries, deadCapacity]).ConfigureAwait(false))!;
        return new ReapResult(ReadEntries(reply[0]), (string[])reply[1]!);
    }

    /// <returns>The entry ids whose lease is lost.</returns>
    public async Task<string[]> HeartbeatAsync(IReadOnlyList<ClaimedJob> jobs) =>
        (string[])(await LuaScript.Heartbeat.RunAsync(redis, streamOnly, WithDeliveries(jobs)).ConfigureAwait(false))!;

    /// <returns>The entry ids that were not this consumer's to settle.</returns>
    public async Task<string[]> CompleteAsync(IReadOnlyList<ClaimedJob> jobs) =>
        (string[])(await LuaScript.Complete.RunAsync(redis, streamOnly, WithDeliveries(jobs)).ConfigureAwait(false))!;

    /// <returns>False if the delivery was not this consumer's to settle.</returns>
    public Task<bool> RetryAsync(ClaimedJob job, TimeSpan delay) => RetryAsync(job, delay, Counted(job));

    /// <summary>As <see cref="RetryAsync(ClaimedJob, TimeSpan)"/>, but no attempt is counted.</summary>
    public Task<bool> PostponeAsync(ClaimedJob job, TimeSpan delay) => RetryAsync(job, delay, job.Job);

    /// <returns>False if the delivery was not this consumer's to settle.</returns>
    public async Task<bool> BuryAsync(ClaimedJob job, string reason, int deadCapacity) =>
        (long)await LuaScript.Bury.RunAsync(redis, deadKeys,
            [JobKeys.Group, consumer, job.EntryId, job.Delivery, reason, job.Id, Counted(job), deadCapacity]).ConfigureAwait(false) == 1;

    /// <summary>Says that this consumer takes no more jobs, so that nobody wakes it for one.</summary>
    public Task<RedisResult> RetireAsync() => LuaScript.Retire.RunAsync(redis, [keys.Idle], [Bell]);

    /// <returns>How many jobs went back.</returns>
    public async Task<int> ReleaseAsync(IReadOnlyList<ClaimedJob> jobs) =>
        (int)await LuaScript.Release.RunAsync(redis, streamAndIdle, WithDeliveries(jobs)).ConfigureAwait(false);

    /// <summary>Removes consumers that hold nothing: those idle for a day, and this one if it is leaving.</summary>
    public Task RemoveConsumersAsync(bool leaving) =>
        LuaScript.Leave.RunAsync(redis, streamOnly,
            [JobKeys.Group, leaving ? consumer : "", (long)TimeSpan.FromDays(1).TotalMilliseconds]);

    private async Task<bool> RetryAsync(ClaimedJob job, TimeSpan delay, string next) =>
        (long)await LuaScript.Retry.RunAsync(redis, liveKeys,
            [JobKeys.Group, consumer, job.EntryId, job.Delivery, (long)delay.TotalMilliseconds, job.Id, next]).ConfigureAwait(false) == 1;

    /// <summary>The job field with one attempt more; one that cannot be read stays as it is.</summary>
    private static string Counted(ClaimedJob job) =>
        WireJob.Parse(job.Job) is { } wire ? (wire with { Attempts = wire.Attempts + 1 }).ToString() : job.Job;

    private RedisValue[] WithDeliveries(IReadOnlyList<ClaimedJob> jobs)
    {
        var values = new RedisValue[2 + (2 * jobs.Count)];
        values[0] = JobKeys.Group;
        values[1] = consumer;
        for (var i = 0; i < jobs.Count; i++)
        {
            values[2 + (2 * i)] = jobs[i].EntryId;
            values[3 + (2 * i)] = jobs[i].Delivery;
        }
        return values;
    }

    private ClaimedJob[] ReadEntries(RedisResult entries) => Array.ConvertAll((RedisResult[])entries!, ReadEntry);

    /// <summary>Reads {entry id, {"job", job, "args", args}} and, where it is not the first, the delivery.</summary>
    private ClaimedJob ReadEntry(RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        var fields = (RedisResult[])parts[1]!;
        return new ClaimedJob
        {
            EntryId = (string)parts[0]!,
            Queue = queue,
            Delivery = parts.Length > 2 ? (int)parts[2] : 1,
            Job = (string)fields[1]!,
            Arguments = (byte[])fields[3]!,
        };
    }
}

/// <summary>What a look brought.</summary>
/// <param name="Jobs">Handed out to this consumer; empty when none was ready.</param>
/// <param name="UntilDue">Until the next scheduled job is due; null when none is scheduled.</param>
internal readonly record struct LookResult(ClaimedJob[] Jobs, TimeSpan? UntilDue);

/// <summary>What a reap brought.</summary>
/// <param name="Jobs">Taken over from workers that lost them.</param>
/// <param name="Parked">Ids of jobs moved to the dead because they were handed out too often.</param>
internal readonly record struct ReapResult(ClaimedJob[] Jobs, string[] Parked);
