using Flasky.Jobs.Serialization;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>One queue as its producers see it. Thread-safe.</summary>
internal sealed class QueueWriter(JobKeys keys, TimeSpan deduplicationWindow)
{
    /// <summary>Jobs in one script: enough to share its cost, few enough not to hold Redis up (a fifth of a millisecond).</summary>
    private const int ScriptSize = 128;

    private readonly Doorbell doorbell = new(keys);
    private readonly RedisKey[] queueKeys = [keys.Ready()];

    /// <summary>
    /// Adds a job that can run now and was never sent before. A caller who is alone delivers it to an idle worker in one script; while others
    /// do so, it is one plain command, the least a durable job needs, and the next ring is for them all.
    /// </summary>
    public Task AddAsync(IDatabase redis, WireJob job, string arguments, JobPriority priority)
    {
        if (doorbell.TryRingWith(redis, () => DeliverAsync(redis, job, arguments, priority), out var delivered))
            return delivered;
        var added = redis.ExecuteAsync("XADD", keys.Ready(priority), "*", "job", job.ToString(), "args", arguments);
        // Not after the reply: on the same connection it cannot overtake the job.
        doorbell.Ring(redis, 1);
        return added;
    }

    /// <summary>Adds many such jobs of one priority: in a script, a job costs both sides less than a command of its own does.</summary>
    public Task AddAsync(IDatabase redis, ReadOnlySpan<JobEnvelope> jobs, Func<int, IReadOnlyDictionary<string, string>> headersOf, JobPriority priority)
    {
        var added = new List<Task>();
        for (var start = 0; start < jobs.Length; start += ScriptSize)
        {
            var values = new RedisValue[2 * Math.Min(ScriptSize, jobs.Length - start)];
            for (var i = 0; i < values.Length / 2; i++)
            {
                values[2 * i] = WireJob.From(jobs[start + i], headersOf(start + i)).ToString();
                values[1 + (2 * i)] = jobs[start + i].Arguments;
            }
            added.Add(LuaScript.Append.RunAsync(redis, [keys.Ready(priority)], values));
        }
        doorbell.Ring(redis, jobs.Length);
        return Task.WhenAll(added);
    }

    /// <summary>Adds jobs that are due later and ask nothing else of the queue; all were perhaps sent before, or none was.</summary>
    public async Task ScheduleAsync(IDatabase redis, IReadOnlyList<ScriptedJob> jobs)
    {
        var values = new RedisValue[1 + (3 * jobs.Count)];
        values[0] = jobs[0].MayBeRepeated ? (long)deduplicationWindow.TotalSeconds : 0;
        for (var i = 0; i < jobs.Count; i++)
        {
            var (job, at) = (jobs[i], 1 + (3 * i));
            values[at] = job.Job.Id;
            values[at + 1] = PackedJob.Pack(job.Job.ToString(), job.Arguments, job.Directives.Priority);
            values[at + 2] = Milliseconds(job.Delay);
        }
        // An idle worker sleeps until the next due time it knows of, so an earlier one is news for it.
        if ((int)await LuaScript.Schedule.RunAsync(redis, queueKeys, values).ConfigureAwait(false) > 0)
            doorbell.Ring(redis, 1);
    }

    /// <summary>Adds jobs that may have been sent before or ask more of the queue.</summary>
    /// <param name="now">By the clock that the jobs' times were told by.</param>
    /// <returns>For each job its id, or that of the job there is instead.</returns>
    public async Task<string[]> AddAsync(IDatabase redis, IReadOnlyList<ScriptedJob> jobs, DateTimeOffset now)
    {
        List<RedisValue> values = [(long)deduplicationWindow.TotalSeconds, now.ToUnixTimeMilliseconds()];
        foreach (var job in jobs)
        {
            var directives = job.Directives;
            values.AddRange(
            [
                job.Job.Id, job.Job.ToString(), job.Arguments, Milliseconds(job.Delay), (int)directives.Priority,
                job.MayBeRepeated ? 1 : 0, directives.TrackedForMs,
                directives.Unique?.Key ?? directives.Debounce?.Key ?? "", directives.Unique?.ForMs ?? 0, directives.Debounce?.AtMostMs ?? -1,
            ]);
        }
        var reply = (RedisResult[])(await LuaScript.Enqueue.RunAsync(redis, queueKeys, [.. values]).ConfigureAwait(false))!;
        // As in ScheduleAsync.
        if ((int)reply[0] + (int)reply[1] is var news and > 0)
            doorbell.Ring(redis, news);
        return (string[])reply[2]!;
    }

    private Task<RedisResult> DeliverAsync(IDatabase redis, WireJob job, string arguments, JobPriority priority) =>
        LuaScript.Deliver.RunAsync(redis, [keys.Ready(priority)], [JobKeys.Group, (int)priority, job.ToString(), arguments]);

    /// <summary>A job must not start before it is due.</summary>
    private static long Milliseconds(TimeSpan delay) => (long)Math.Ceiling(delay.TotalMilliseconds);
}

/// <param name="Job">What to add.</param>
/// <param name="Arguments">JSON.</param>
/// <param name="Directives">What it asks of the queue.</param>
/// <param name="Delay">Zero: ready at once.</param>
/// <param name="MayBeRepeated">Do nothing if this id was sent before; otherwise it never was.</param>
internal readonly record struct ScriptedJob(WireJob Job, string Arguments, JobDirectives Directives, TimeSpan Delay, bool MayBeRepeated);
