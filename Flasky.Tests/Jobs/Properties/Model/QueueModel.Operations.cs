using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    public bool IsKept(string id) => dead.Exists(job => job.Id == id) || scheduled.Exists(waiting => waiting.Job.Id == id);

    /// <summary>A dead job begins anew; one that waits for a time only goes on sooner.</summary>
    public JobRetries Retry(string id)
    {
        if (dead.Find(job => job.Id == id) is { } buried)
            return Revive(buried) ? new JobRetries(1, 0) : new JobRetries(0, 1);
        var waits = scheduled.Find(waiting => waiting.Job.Id == id)!;
        scheduled.Remove(waits);
        MakeReady(waits.Job);
        return new JobRetries(1, 0);
    }

    /// <summary>From the one that died last.</summary>
    public JobRetries RetryDead()
    {
        var revived = Enumerable.Reverse(dead).ToArray().Select(Revive).ToArray();
        return new JobRetries(revived.Count(done => done), revived.Count(done => !done));
    }

    public IReadOnlyList<string> DeleteDead()
    {
        string[] deleted = [.. dead.Select(job => job.Id)];
        foreach (var job in Enumerable.Reverse(dead))
        {
            LetGo(job.Id, job.FreedKey);
            notes.Remove(job.Id);
            GiveUp(job);
        }
        dead.Clear();
        return deleted;
    }

    /// <returns>Those that are gone.</returns>
    public IReadOnlyList<string> Purge(JobState state)
    {
        if (state == JobState.Failed)
            return DeleteDead();
        // From the one that is due last.
        var gone = state == JobState.Ready ? PurgeReady() : [.. Enumerable.Reverse(scheduled).Select(waiting => waiting.Job).Where(job => job.Attempts > 0 == (state == JobState.Retrying))];
        scheduled.RemoveAll(waiting => gone.Contains(waiting.Job));
        foreach (var job in gone)
        {
            LetGo(job.Id, job.FreedKey);
            Note(job, 0, JobState.Cancelled, job.Attempts, "");
            if (state != JobState.Ready)
                Report(job, JobState.Cancelled, job.Attempts);
        }
        return [.. gone.Select(job => job.Id)];
    }

    /// <summary>What nobody holds, in lanes too; and what was handed back. Reports stay, at the end: others wait for what they tell.</summary>
    private ModelJob[] PurgeReady()
    {
        ModelEntry[] entries = [.. Streams.SelectMany(stream => stream).Where(entry => entry.Holder is null or Released)];
        foreach (var entry in entries)
        {
            Leave(entry);
            cancelled.Remove(entry.Job.Id);
            if (entry.Job.Reports is not null)
                AddReady(entry.Job);
            else
                Report(entry.Job, JobState.Cancelled, entry.Job.Attempts);
        }
        ModelJob[] waited = [.. lanes.Values.SelectMany(lane => lane)];
        lanes.Clear();
        return [.. entries.Select(entry => entry.Job).Where(job => job.Reports is null), .. waited];
    }

    /// <returns>False: another has its unique key.</returns>
    private bool Revive(ModelJob job)
    {
        if (job.Wishes.Unique is { } unique && HolderInstead(job, unique) is not null)
            return false;
        dead.Remove(job);
        MakeReady(job with { Attempts = 0 });
        return true;
    }

    private void MakeReady(ModelJob job)
    {
        AddReady(job);
        Note(job, 0, JobState.Ready, job.Attempts, "");
    }
}
