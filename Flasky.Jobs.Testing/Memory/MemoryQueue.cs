using System.Text;
using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>
/// One queue, in memory: what the Lua scripts do in Redis, step by step and with the same answers, for a single worker that never dies.
/// Not thread-safe; <see cref="MemoryStore"/> guards it.
/// </summary>
internal sealed class MemoryQueue(string name, TimeProvider time)
{
    private readonly Dictionary<Guid, MemoryJob> jobs = [];
    private readonly Dictionary<Guid, JobNotes> notes = [];
    private readonly KeysInUse<string, Guid> unique = new(time);
    private readonly KeysInUse<string, (Guid Job, long Deadline)> debounced = new(time);
    private readonly KeysInUse<Guid, bool> seen = new(time);
    private readonly KeysInUse<Guid, bool> cancelled = new(time);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>When the next scheduled job is due. Null: none is scheduled.</summary>
    public DateTimeOffset? NextDue => Scheduled.Select(job => (long?)job.DueMs).Min() is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    private IEnumerable<MemoryJob> Scheduled => jobs.Values.Where(job => job.Place == MemoryPlace.Scheduled);

    /// <summary>As enqueue.lua.</summary>
    public Added Add(WireJob wire, string arguments, JobDirectives directives, DateTimeOffset? dueAt, bool mayBeRepeated, TimeSpan window, long turn)
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
        if (directives.TrackedForMs > 0)
            notes[id] = new JobNotes { Name = wire.Name, Directives = directives };
        Note(id, delay > 0 ? JobState.Scheduled : JobState.Ready, 0, directives.TrackedForMs + delay);
        if (delay > 0)
            (job.Place, job.DueMs) = (MemoryPlace.Scheduled, now + delay);
        else
            (job.Place, job.Turn) = (MemoryPlace.Ready, turn);
        return new Added(id, AddedAs.Job);
    }

    /// <summary>As the first part of look.lua: what is due becomes ready.</summary>
    public void MoveDue(Func<long> nextTurn)
    {
        foreach (var job in Scheduled.Where(job => job.DueMs <= NowMs).OrderBy(job => job.DueMs).ThenBy(job => job.Wire.Id, StringComparer.Ordinal).ToList())
        {
            (job.Place, job.Turn) = (MemoryPlace.Ready, nextTurn());
            Note(Guid.ParseExact(job.Wire.Id, "N"), JobState.Ready, job.Wire.Attempts, job.Directives.TrackedForMs);
        }
    }

    /// <summary>The job whose turn it is, of those that are asked for.</summary>
    public MemoryJob? Next(Guid? only) => jobs.Values
        .Where(job => job.Place == MemoryPlace.Ready && (only is null || job.Wire.Id == only.Value.ToString("N")))
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
        Note(id, JobState.Running, attempt, directives.TrackedForMs, worker);
    }

    /// <summary>As progress.lua.</summary>
    public void Progress(Guid id, string progress)
    {
        if (notes.TryGetValue(id, out var kept))
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
        var delay = settlement.Delay is { } wait ? (long)wait.TotalMilliseconds : 0;
        if (settlement.Delay is not null || settlement.State == JobState.Failed)
            Keep(job, settlement, NowMs + delay, deadCapacity);
        else
            jobs.Remove(id);
        if (settlement.Delay is null)
            cancelled.Remove(id);
        Release(id, settlement.FreedKey);
        if (settlement.Result.Length > 0 && notes.TryGetValue(id, out var kept))
            kept.Result = settlement.Result;
        Note(id, settlement.State, settlement.Attempt, settlement.Directives.TrackedForMs is > 0 and var ttl ? ttl + delay : 0, worker, settlement.Error);
        return SettleReply.Settled;
    }

    /// <summary>As cancel.lua.</summary>
    public JobCancellation Cancel(Guid id, TimeSpan window)
    {
        var kept = NotesOf(id);
        var job = jobs.GetValueOrDefault(id);
        if (kept?.State == JobState.Cancelled)
            return JobCancellation.Cancelled;
        if (kept?.State.IsEnd() == true || job?.Place == MemoryPlace.Dead)
            return JobCancellation.TooLate;
        if (job?.Place == MemoryPlace.Scheduled)
        {
            jobs.Remove(id);
            End(id, job.Directives, kept);
            return JobCancellation.Cancelled;
        }
        cancelled.Set(id, true, NowMs + (long)window.TotalMilliseconds);
        if (kept?.State != JobState.Ready)
            return JobCancellation.Requested;
        End(id, kept.Directives, kept);
        return JobCancellation.Cancelled;
    }

    /// <summary>As show.lua.</summary>
    public JobStatus? Status(Guid id)
    {
        var kept = NotesOf(id);
        var job = jobs.GetValueOrDefault(id) is { Place: MemoryPlace.Scheduled or MemoryPlace.Dead } found ? found : null;
        if (kept is null && job is null)
            return null;
        return new JobStatus
        {
            Id = new JobId(name, id),
            Name = kept?.Name ?? job!.Wire.Name,
            State = kept?.State ?? (job!.Place == MemoryPlace.Dead ? JobState.Failed : job.Wire.Attempts > 0 ? JobState.Retrying : JobState.Scheduled),
            Attempt = kept?.Attempt ?? job!.Wire.Attempts,
            Progress = kept?.Progress is { } progress ? JsonSerializer.Deserialize(progress, JobProgressContext.Default.JobProgress) : null,
            Error = kept?.Error ?? (job?.Reason is { Length: > 0 } reason ? reason : null),
            DueAt = job?.Place == MemoryPlace.Scheduled ? DateTimeOffset.FromUnixTimeMilliseconds(job.DueMs) : null,
            Worker = kept?.Worker,
            Result = kept?.Result,
            History = kept?.History.ToArray() ?? JobHistory.Read(job?.Failures ?? ""),
        };
    }

    /// <summary>A debounced job that still waits takes the new arguments and waits again.</summary>
    private Guid? PutOff(DebounceDirective calm, WireJob wire, string arguments, JobDirectives directives, long dueMs)
    {
        if (!debounced.TryGet(calm.Key, out var held) || jobs.GetValueOrDefault(held.Job) is not { Place: MemoryPlace.Scheduled } waiting)
            return null;
        // It keeps its own id, attempts and time of creation.
        waiting.Wire = waiting.Wire with { Name = wire.Name, Headers = wire.Headers };
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
        Note(id, JobState.Cancelled, kept?.Attempt ?? 0, directives.TrackedForMs);
    }

    private void Release(Guid id, string key)
    {
        if (unique.TryGet(key, out var holder) && holder == id)
            unique.Remove(key);
    }

    private void Note(Guid id, JobState state, int attempt, long ttlMs, string? worker = null, string error = "")
    {
        if (ttlMs > 0 && notes.TryGetValue(id, out var kept))
            kept.Add(new JobEvent(DateTimeOffset.FromUnixTimeMilliseconds(NowMs), state, attempt, worker, error.Length > 0 ? error : null), NowMs + ttlMs);
    }

    private JobNotes? NotesOf(Guid id) => notes.GetValueOrDefault(id) is { } kept && kept.UntilMs > NowMs ? kept : null;
}

/// <param name="Id">The job that is in the queue now.</param>
/// <param name="As">What the enqueue came to.</param>
internal sealed record Added(Guid Id, AddedAs As);

/// <summary>What an enqueue came to.</summary>
internal enum AddedAs
{
    Job,

    /// <summary>A debounced job that waits has new arguments now.</summary>
    Replacement,

    /// <summary>There is one already.</summary>
    Nothing,
}
