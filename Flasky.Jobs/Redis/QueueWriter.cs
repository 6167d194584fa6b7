using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>One queue as its producers see it. Thread-safe.</summary>
internal sealed class QueueWriter(JobKeys keys, TimeSpan deduplicationWindow)
{
    /// <summary>Jobs in one script: enough to share its cost, few enough not to hold Redis up (a fifth of a millisecond).</summary>
    private const int ScriptSize = 128;

    private readonly Doorbell doorbell = new(keys);
    private readonly RedisKey[] readyOnly = [keys.Ready];

    /// <summary>Adds a job that can run now and was never sent before: one plain command, the least a durable job needs.</summary>
    public Task AddAsync(IDatabase redis, WireJob job, string arguments)
    {
        var added = redis.ExecuteAsync("XADD", keys.Ready, "*", "job", job.ToString(), "args", arguments);
        // Not after the reply: on the same connection it cannot overtake the job.
        doorbell.Ring(redis, 1);
        return added;
    }

    /// <summary>Adds many such jobs: in a script, a job costs both sides less than a command of its own does.</summary>
    public Task AddAsync(IDatabase redis, ReadOnlySpan<JobEnvelope> jobs, Func<int, IReadOnlyDictionary<string, string>> headersOf)
    {
        var added = new List<Task>();
        for (var start = 0; start < jobs.Length; start += ScriptSize)
        {
            var values = new RedisValue[2 * Math.Min(ScriptSize, jobs.Length - start)];
            for (var i = 0; i < values.Length / 2; i++)
            {
                values[2 * i] = WireJob.From(jobs[start + i], headersOf(start + i)).ToString();
                values[(2 * i) + 1] = jobs[start + i].Arguments;
            }
            added.Add(LuaScript.Append.RunAsync(redis, readyOnly, values));
        }
        doorbell.Ring(redis, jobs.Length);
        return Task.WhenAll(added);
    }

    /// <summary>Adds jobs that have a due time or may have been sent before.</summary>
    public async Task AddAsync(IDatabase redis, IReadOnlyList<ScriptedJob> jobs)
    {
        List<RedisKey> scriptKeys = [keys.Ready, keys.Scheduled, keys.ScheduledJobs];
        List<RedisValue> values = [(long)deduplicationWindow.TotalSeconds];
        foreach (var job in jobs)
        {
            if (job.Deduplicate is { } id)
                scriptKeys.Add(keys.Seen(id));
            values.Add(job.Job.Id);
            values.Add(job.Job.ToString());
            values.Add(job.Arguments);
            values.Add((long)Math.Ceiling(job.Delay.TotalMilliseconds));
            values.Add(job.Deduplicate is null ? 0 : scriptKeys.Count);
        }
        var reply = (int[])(await LuaScript.Enqueue.RunAsync(redis, [.. scriptKeys], [.. values]).ConfigureAwait(false))!;
        // An idle worker sleeps until the next due time it knows of, so an earlier one is news for it too.
        if (reply.Sum() > 0)
            doorbell.Ring(redis, reply.Sum());
    }
}

/// <param name="Job">What to add.</param>
/// <param name="Arguments">JSON.</param>
/// <param name="Delay">Zero: ready at once.</param>
/// <param name="Deduplicate">Do nothing if this id was sent before. Null: never sent before.</param>
internal readonly record struct ScriptedJob(WireJob Job, string Arguments, TimeSpan Delay, Guid? Deduplicate);
