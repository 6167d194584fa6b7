using Flasky.Jobs.Serialization;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>
/// One queue as one consumer sees it: each method is one command or script, and every settling one is fenced, so a
/// caller that lost its lease changes nothing. Safe for concurrent use.
/// </summary>
internal sealed class QueueStore(IDatabase redis, JobKeys keys, string queue, string consumer)
{
    private static readonly JobPriority[] Priorities = Enum.GetValues<JobPriority>();

    private readonly RedisKey[] queueKeys = [keys.Ready()];
    private readonly RedisKey[][] streams = [.. Priorities.Select(priority => new[] { keys.Ready(priority) }), [keys.ReadyLanes]];
    private readonly EntryReader entries = new(queue);
    private readonly Doorbell doorbell = new(keys);

    /// <summary>Whether a settled job makes room for another that the queue's limit held back.</summary>
    private volatile bool ringsWhenSettled;

    public string Consumer => consumer;

    public string Bell { get; } = keys.Bell(consumer);

    public string CancelChannel { get; } = keys.CancelChannel;

    /// <summary>Makes the streams and their groups where they are missing; a group starts at its stream's beginning.</summary>
    public Task CreateGroupsAsync() => Task.WhenAll(streams.Select(stream => CreateGroupAsync(stream[0])));

    /// <summary>Hands out ready jobs of one priority, and nothing else: for a worker that knows of a backlog.</summary>
    public async Task<Fetched> ReadAsync(JobPriority priority, int count)
    {
        var read = redis.ExecuteAsync(
            "XREADGROUP", "GROUP", JobKeys.Group, consumer, "COUNT", count, "STREAMS", keys.Ready(priority), ">");
        // Behind the read on the same connection: it sees whatever was cancelled before these jobs were handed out.
        var cancelled = redis.SortedSetLengthAsync(keys.Cancelled);
        var reply = await read.ConfigureAwait(false);
        var jobs = reply.IsNull ? [] : entries.Read(priority, ((RedisResult[])((RedisResult[])reply!)[0]!)[1]);
        return new Fetched(jobs, await cancelled.ConfigureAwait(false) > 0);
    }

    /// <summary>Moves due jobs, hands out ready ones, and notes this consumer as idle if there are none.</summary>
    /// <param name="order">All four priorities.</param>
    /// <param name="mayIdle">False: it is not noted; it is busy, and must not be woken for the next job.</param>
    public async Task<LookResult> LookAsync(int count, IReadOnlyList<JobPriority> order, bool mayIdle = true)
    {
        var values = new RedisValue[4 + order.Count];
        (values[0], values[1], values[2], values[3]) = (JobKeys.Group, consumer, count, mayIdle ? Bell : "");
        for (var i = 0; i < order.Count; i++)
            values[4 + i] = (int)order[i];
        var reply = (RedisResult[])(await LuaScript.Look.RunAsync(redis, queueKeys, values).ConfigureAwait(false))!;
        var untilDue = (long)reply[1];
        var care = (long)reply[5];
        ringsWhenSettled = care == 2;
        return new LookResult(
            new Fetched(entries.Read(reply[4]), (long)reply[3] > 0),
            DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]),
            untilDue < 0 ? null : TimeSpan.FromMilliseconds(untilDue),
            (long)reply[2] == 1,
            care > 0,
            (long)reply[6] == 1);
    }

    /// <returns>Taken over from workers that lost them, or handed them back.</returns>
    public async Task<ReapResult> ReapAsync(TimeSpan lease, int count)
    {
        var reply = (RedisResult[])(await LuaScript.Reap.RunAsync(redis, queueKeys,
            [JobKeys.Group, consumer, (long)lease.TotalMilliseconds, count]).ConfigureAwait(false))!;
        return new ReapResult(entries.Read(reply[1]), (int)reply[2], DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]));
    }

    /// <returns>The ids of those that were cancelled.</returns>
    public async Task<HashSet<string>> CancelledAsync(IReadOnlyList<ClaimedJob> jobs)
    {
        var command = new object[jobs.Count + 1];
        command[0] = keys.Cancelled;
        for (var i = 0; i < jobs.Count; i++)
            command[i + 1] = jobs[i].Id;
        var scores = (RedisResult[])(await redis.ExecuteAsync("ZMSCORE", command).ConfigureAwait(false))!;
        return jobs.Where((_, i) => !scores[i].IsNull).Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether any cancellation is to be minded.</summary>
    public async Task<bool> AnyCancelledAsync() => await redis.SortedSetLengthAsync(keys.Cancelled).ConfigureAwait(false) > 0;

    /// <param name="jobs">All of one priority.</param>
    /// <returns>The entry ids whose lease is lost.</returns>
    public async Task<string[]> HeartbeatAsync(IReadOnlyList<ClaimedJob> jobs) =>
        (string[])(await LuaScript.Heartbeat.RunAsync(redis, StreamOf(jobs[0]), WithDeliveries(jobs)).ConfigureAwait(false))!;

    /// <summary>Notes that a job begins to run.</summary>
    public async Task<StartReply> StartAsync(ClaimedJob job, JobDirectives directives, int attempt) =>
        (StartReply)(int)await LuaScript.Start.RunAsync(redis, StreamOf(job),
            [JobKeys.Group, consumer, job.EntryId, job.Delivery, job.Id, directives.TrackedForMs, attempt,
             directives.Unique is { Until: UniqueUntil.Started } unique ? unique.Key : ""]).ConfigureAwait(false);

    /// <returns>False if the delivery is not this consumer's.</returns>
    public async Task<bool> ProgressAsync(ClaimedJob job, string progress, bool tracked) =>
        (long)await LuaScript.Progress.RunAsync(redis, StreamOf(job),
            [JobKeys.Group, consumer, job.EntryId, job.Delivery, job.Id, progress, tracked ? 1 : 0]).ConfigureAwait(false) == 1;

    /// <param name="jobs">All of one priority.</param>
    /// <returns>The entry ids that were not this consumer's to settle.</returns>
    public async Task<string[]> CompleteAsync(IReadOnlyList<ClaimedJob> jobs)
    {
        var refused = LuaScript.Complete.RunAsync(redis, StreamOf(jobs[0]), WithDeliveries(jobs));
        Settled(jobs.Count);
        return (string[])(await refused.ConfigureAwait(false))!;
    }

    public async Task<SettleReply> SettleAsync(ClaimedJob job, Settlement settlement, int deadCapacity)
    {
        var reply = LuaScript.Settle.RunAsync(redis, StreamOf(job),
            [
                JobKeys.Group, consumer, job.EntryId, job.Delivery, job.Id, WireState.Write(settlement.State), settlement.Attempt,
                settlement.Job, settlement.History, settlement.Error,
                settlement.Delay is { } delay ? (long)delay.TotalMilliseconds : -1,
                (int)(job.Priority == ClaimedJob.Lanes ? settlement.Directives.Priority : job.Priority),
                settlement.Directives.TrackedForMs, settlement.FreedKey, settlement.Result, deadCapacity,
            ]);
        Settled(1);
        return (SettleReply)(int)await reply.ConfigureAwait(false);
    }

    /// <summary>Says that this consumer takes no more jobs, so that nobody wakes it for one.</summary>
    public Task<RedisResult> RetireAsync() => LuaScript.Retire.RunAsync(redis, [keys.Idle], [Bell]);

    /// <summary>Wakes another worker: this one was woken, but has no room.</summary>
    public Task<RedisResult> PassOnAsync() => LuaScript.Ring.RunAsync(redis, queueKeys, [1]);

    /// <param name="jobs">All of one priority.</param>
    /// <returns>How many jobs went back.</returns>
    public async Task<int> ReleaseAsync(IReadOnlyList<ClaimedJob> jobs) =>
        (int)await LuaScript.Release.RunAsync(redis, StreamOf(jobs[0]), WithDeliveries(jobs)).ConfigureAwait(false);

    /// <summary>
    /// Removes consumers that hold nothing: those idle for a day, and this one if it is leaving. What was handed out to the leaving one without its
    /// knowing goes back first.
    /// </summary>
    public Task RemoveConsumersAsync(bool leaving) =>
        LuaScript.Leave.RunAsync(redis, queueKeys,
            [JobKeys.Group, leaving ? consumer : "", (long)TimeSpan.FromDays(1).TotalMilliseconds]);

    private async Task CreateGroupAsync(RedisKey stream)
    {
        try
        {
            await redis.ExecuteAsync("XGROUP", "CREATE", stream, JobKeys.Group, "0", "MKSTREAM").ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // Another worker made it.
        }
    }

    private void Settled(int jobs)
    {
        // Behind the script on the same connection, so whoever is woken finds the room.
        if (ringsWhenSettled)
            doorbell.Ring(redis, jobs);
    }

    private RedisKey[] StreamOf(ClaimedJob job) => streams[(int)job.Priority - 1];

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
}
