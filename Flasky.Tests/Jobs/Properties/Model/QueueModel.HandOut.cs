using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    /// <summary>Moves what is due, and hands out.</summary>
    public IReadOnlyList<Claim> Look(string worker, int count, IEnumerable<JobPriority> order)
    {
        foreach (var waiting in scheduled.Where(waiting => waiting.Due <= Now).ToArray())
        {
            scheduled.Remove(waiting);
            AddReady(waiting.Job);
            Note(waiting.Job, Terms.TrackedFor, JobState.Ready, waiting.Job.Attempts, "");
        }
        return Paused ? [] : [.. order.SelectMany(priority => streams[priority]).Where(entry => entry.Holder is null).Take(count).Select(entry => HandOut(entry, worker))];
    }

    /// <summary>The plain read of one stream: it neither moves what is due nor minds a pause; a consumer uses it for 10 ms at most.</summary>
    public IReadOnlyList<Claim> Read(string worker, int count, JobPriority priority) =>
        [.. streams[priority].Where(entry => entry.Holder is null).Take(count).Select(entry => HandOut(entry, worker))];

    public IReadOnlyList<Claim> Reap(string worker, int count)
    {
        Forget(cancelled, until => until);
        return Paused ? [] : [.. Priorities.SelectMany(priority => streams[priority]).Where(entry => entry.Holder is not null && Now - entry.HeldSince >= Terms.Lease)
            .Take(count).ToArray().Select(entry => HandOut(entry, worker))];
    }

    public void Renew(Claim claim)
    {
        if (claim.Holds)
            claim.Entry.HeldSince = Now;
    }

    public void HandBack(Claim claim)
    {
        if (!claim.Holds)
            return;
        (claim.Entry.Holder, claim.Entry.HeldSince) = ("_released", Now - Terms.HandedBackIdle);
        claim.Entry.Delivery--;
    }

    private Claim HandOut(ModelEntry entry, string worker)
    {
        (entry.Holder, entry.HeldSince) = (worker, Now);
        return new Claim(entry, worker, ++entry.Delivery);
    }
}
