using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    private readonly Dictionary<string, int> diedAt = [];

    /// <summary>Notes the start. Null: nothing to note, so nobody is asked.</summary>
    public StartReply? Start(Claim claim)
    {
        if (!claim.Job.NotesStart)
            return null;
        if (!claim.Holds)
            return StartReply.Refused;
        if (cancelled.ContainsKey(claim.Job.Id))
            return StartReply.Cancelled;
        if (claim.Job.Wishes.Until == UniqueUntil.Started)
            LetGo(claim.Job.Id, claim.Job.Wishes.Unique);
        Note(claim.Job, 0, JobState.Running, claim.Job.Attempts + 1, claim.Holder);
        return StartReply.Started;
    }

    public bool Progress(Claim claim)
    {
        if (claim.Holds && claim.Job.Wishes.Tracked)
            KeepNotes(claim.Job.Id, 0);
        return claim.Holds;
    }

    /// <summary>The way of jobs that simply succeeded.</summary>
    public bool Complete(Claim claim) => claim.Holds && Leave(claim.Entry);

    /// <param name="state">What becomes of it.</param>
    /// <param name="attempts">Used up with this one.</param>
    /// <param name="delay">Null: it does not run again.</param>
    public SettleReply Settle(Claim claim, JobState state, int attempts, int? delay)
    {
        if (!claim.Holds)
            return SettleReply.Refused;
        var job = claim.Job with { Attempts = attempts };
        if (delay is not null && cancelled.ContainsKey(job.Id))
            return SettleReply.Cancelled;
        if (delay is { } wait)
            AddScheduled(job, wait);
        else if (state == JobState.Failed)
            Bury(job);
        if (delay is null)
        {
            cancelled.Remove(job.Id);
            LetGo(job.Id, job.FreedKey);
        }
        Note(job, delay ?? 0, state, attempts, claim.Holder);
        if (delay is null)
            Report(job, state, attempts);
        Leave(claim.Entry);
        return SettleReply.Settled;
    }

    private bool Leave(ModelEntry entry)
    {
        entry.Holder = null;
        return entry.HadTurn ? LeaveSlots(entry) : streams[entry.Job.Wishes.Priority].Remove(entry);
    }

    private void Bury(ModelJob job)
    {
        diedAt[job.Id] = Now;
        dead.RemoveAll(buried => buried.Id == job.Id);
        dead.Add(job);
        Abandon(job);
        if (dead.Count <= Terms.DeadCapacity)
            return;
        GiveUp(dead[0]);
        dead.RemoveAt(0);
    }

    /// <summary>Nobody can retry it any more, so its workflow need not wait.</summary>
    private void GiveUp(ModelJob job) => Report(job, JobState.Cancelled, job.Attempts);
}
