using System.Text;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Workflows;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>
/// One queue, in memory: what the Lua scripts do in Redis, step by step and with the same answers, for a single worker that never dies.
/// Not thread-safe; <see cref="MemoryStore"/> guards it.
/// </summary>
/// <param name="name">The queue's name.</param>
/// <param name="nextTurn">Numbers jobs as they become ready, over all queues.</param>
internal sealed class MemoryQueue(string name, Func<long> nextTurn, TimeProvider time)
{
    private readonly Dictionary<Guid, MemoryJob> jobs = [];
    private readonly MemoryNotes notes = new(time);
    private readonly KeysInUse<string, Guid> unique = new(time);
    private readonly KeysInUse<string, (Guid Job, long Deadline)> debounced = new(time);
    private readonly KeysInUse<Guid, bool> seen = new(time);
    private readonly KeysInUse<Guid, bool> cancelled = new(time);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>When the next scheduled job is due. Null: none is scheduled.</summary>
    public DateTimeOffset? NextDue => Scheduled.Select(job => (long?)job.DueMs).Min() is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    private IEnumerable<MemoryJob> Scheduled => jobs.Values.Where(job => job.Place == MemoryPlace.Scheduled);

    /// <summary>As enqueue.lua.</summary>
    public Added Add(WireJob wire, string arguments, JobDirectives directives, DateTimeOffset? dueAt, bool mayBeRepeated, TimeSpan window)
    {
        var (id, now) = (Guid.ParseExact(wire.Id, "N"), NowMs);
        var delay = Math.Max(0, (long)Math.Ceiling(((dueAt ?? default) - time.GetUtcNow()).TotalMilliseconds));
        if (mayBeRepeated && seen.TryGet(id, out _))
            return new Added(id, AddedAs.Nothing);
        if (mayBeRepeated)
            seen.Set(id, true, now + (long)window.TotalMilliseconds);
        if (directives.Unique is { } only)
        {
            if (unique.TryGet(only.Key, out var holder) && holder != id)
                return new Added(holder, AddedAs.Nothing);
            unique.Set(only.Key, id, now + only.ForMs);
        }
        if (directives.Debounce is { } calm)
        {
            if (PutOff(calm, wire, arguments, directives, now + delay) is { } waiting)
                return new Added(waiting, AddedAs.Replacement);
            debounced.Set(calm.Key, (id, now + calm.AtMostMs), now + calm.AtMostMs + delay);
        }
        var job = jobs[id] = new MemoryJob { Wire = wire, Arguments = arguments, Directives = directives };
        notes.Begin(id, wire.Name, directives);
        notes.Add(id, delay > 0 ? JobState.Scheduled : JobState.Ready, 0, TimeSpan.FromMilliseconds(delay));
        if (delay > 0)
            (job.Place, job.DueMs) = (MemoryPlace.Scheduled, now + delay);
        else
            (job.Place, job.Turn) = (MemoryPlace.Ready, nextTurn());
        return new Added(id, AddedAs.Job);
    }

    /// <summary>As the first part of look.lua: what is due becomes ready.</summary>
    public void MoveDue()
    {
        foreach (var job in Scheduled.Where(job => job.DueMs <= NowMs).OrderBy(job => job.DueMs).ThenBy(job => job.Wire.Id, StringComparer.Ordinal).ToList())
        {
            (job.Place, job.Turn) = (MemoryPlace.Ready, nextTurn());
            notes.Add(Guid.ParseExact(job.Wire.Id, "N"), JobState.Ready, job.Wire.Attempts);
        }
    }

    /// <summary>The job whose turn it is, of those that are asked for.</summary>
    public MemoryJob? Next(Func<MemoryJob, bool>? only) => jobs.Values
        .Where(job => job.Place == MemoryPlace.Ready && only?.Invoke(job) != false)
        .OrderBy(job => job.Directives.Priority).ThenBy(job => job.Turn).FirstOrDefault();

    public ClaimedJob Claim(MemoryJob job)
    {
        job.Place = MemoryPlace.Running;
        return new ClaimedJob
        {
            EntryId = job.Turn.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Queue = name,
            Priority = job.Directives.Priority,
            Delivery = 1,
            Job = job.Wire.ToString(),
            Arguments = Encoding.UTF8.GetBytes(job.Arguments),
            History = job.Failures,
        };
    }

    public bool IsCancelled(Guid id) => cancelled.TryGet(id, out _);

    /// <summary>As start.lua.</summary>
    public void Start(Guid id, JobDirectives directives, int attempt, string worker)
    {
        if (directives.Unique is { Until: UniqueUntil.Started } key)
            Release(id, key.Key);
        notes.Add(id, JobState.Running, attempt, worker: worker);
    }

    /// <summary>As progress.lua.</summary>
    public void Progress(Guid id, string progress)
    {
        if (notes.Find(id) is { } kept)
            kept.Progress = progress;
    }

    /// <summary>As settle.lua; without a settlement, as complete.lua.</summary>
    public SettleReply Settle(Guid id, Settlement? settlement, int deadCapacity, string worker)
    {
        if (!jobs.TryGetValue(id, out var job))
            return SettleReply.Refused;
        if (settlement is null)
        {
            jobs.Remove(id);
            return SettleReply.Settled;
        }
        if (settlement.Delay is not null && IsCancelled(id))
            return SettleReply.Cancelled;
        var delay = settlement.Delay ?? TimeSpan.Zero;
        if (settlement.Delay is not null || settlement.State == JobState.Failed)
            Keep(job, settlement, NowMs + (long)delay.TotalMilliseconds, deadCapacity);
        else
            jobs.Remove(id);
        if (settlement.Delay is null)
            cancelled.Remove(id);
        Release(id, settlement.FreedKey);
        if (settlement.Result.Length > 0 && notes.Find(id) is { } kept)
            kept.Result = settlement.Result;
        notes.Add(id, settlement.State, settlement.Attempt, delay, worker, settlement.Error);
        if (settlement.Delay is null)
            Report(job, settlement.State, settlement.Result, settlement.Error);
        return SettleReply.Settled;
    }

    /// <summary>Adds a report of a workflow, ready at once.</summary>
    /// <param name="headers">Those of the job it is about.</param>
    public void Report(WorkflowReport report, string headers)
    {
        var job = MemoryReports.Job(report, headers, time.GetUtcNow(), nextTurn());
        jobs[Guid.ParseExact(job.Wire.Id, "N")] = job;
    }

    /// <summary>As cancel.lua.</summary>
    public JobCancellation Cancel(Guid id, TimeSpan window)
    {
        var kept = notes.Find(id);
        var job = jobs.GetValueOrDefault(id);
        if (kept?.State == JobState.Cancelled)
            return JobCancellation.Cancelled;
        if (kept?.State.IsEnd() == true || job?.Place == MemoryPlace.Dead)
            return JobCancellation.TooLate;
        if (job is not null && (job.Place == MemoryPlace.Scheduled || WaitsItsTurn(job)))
        {
            jobs.Remove(id);
            End(id, job.Directives, kept);
            Report(job, JobState.Cancelled);
            return JobCancellation.Cancelled;
        }
        cancelled.Set(id, true, NowMs + (long)window.TotalMilliseconds);
        if (kept?.State != JobState.Ready)
            return JobCancellation.Requested;
        End(id, kept.Directives, kept);
        if (job is not null)
            Report(job, JobState.Cancelled);
        return JobCancellation.Cancelled;
    }

    /// <summary>As show.lua.</summary>
    public JobStatus? Status(Guid id) => MemoryStatus.Of(
        new JobId(name, id), notes.Find(id), jobs.GetValueOrDefault(id) is { } job && (job.Place is MemoryPlace.Scheduled or MemoryPlace.Dead || WaitsItsTurn(job)) ? job : null);

    /// <summary>A debounced job that still waits takes the new arguments and waits again.</summary>
    private Guid? PutOff(DebounceDirective calm, WireJob wire, string arguments, JobDirectives directives, long dueMs)
    {
        if (!debounced.TryGet(calm.Key, out var held) || jobs.GetValueOrDefault(held.Job) is not { Place: MemoryPlace.Scheduled } waiting)
            return null;
        // It keeps its own id and time of creation.
        if (waiting.Wire.Attempts > 0)
            notes.Add(held.Job, JobState.Scheduled, 0, TimeSpan.FromMilliseconds(dueMs - NowMs));
        waiting.Wire = waiting.Wire with { Name = wire.Name, Attempts = 0, Headers = wire.Headers };
        (waiting.Arguments, waiting.Directives, waiting.Failures) = (arguments, directives, "");
        waiting.DueMs = Math.Min(dueMs, held.Deadline);
        return held.Job;
    }

    private void Keep(MemoryJob job, Settlement settlement, long dueMs, int deadCapacity)
    {
        job.Wire = WireJob.Parse(settlement.Job) ?? job.Wire;
        job.Failures = settlement.History;
        (job.Place, job.DueMs) = (settlement.Delay is null ? MemoryPlace.Dead : MemoryPlace.Scheduled, dueMs);
        job.Reason = settlement.Delay is null ? settlement.Error : "";
        foreach (var oldest in jobs.Values.Where(dead => dead.Place == MemoryPlace.Dead).OrderByDescending(dead => dead.DueMs).Skip(deadCapacity).ToList())
            jobs.Remove(Guid.ParseExact(oldest.Wire.Id, "N"));
    }

    private void End(Guid id, JobDirectives directives, JobNotes? kept)
    {
        if (directives.Unique is { Until: not UniqueUntil.Window } key)
            Release(id, key.Key);
        notes.Add(id, JobState.Cancelled, kept?.Attempt ?? 0);
    }

    private void Release(Guid id, string key)
    {
        if (unique.TryGet(key, out var holder) && holder == id)
            unique.Remove(key);
    }

    /// <summary>In Redis, a job with a lane is not in its stream yet, so what is to be known of it is at hand. Here all are ready alike.</summary>
    private static bool WaitsItsTurn(MemoryJob job) => job is { Place: MemoryPlace.Ready, Directives.Lane: not null };

    private void Report(MemoryJob job, JobState state, string result = "", string error = "")
    {
        if (MemoryReports.Of(job, state, result, error) is { } report)
            Report(report, job.Wire.Headers);
    }
}
