using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    private readonly Dictionary<string, Holding> uniques = [];
    private readonly Dictionary<string, Series> series = [];
    private readonly Dictionary<string, int> seen = [];

    /// <summary>Whether sending it again is recognised.</summary>
    public bool Remembers(string id) => seen.ContainsKey(id);

    /// <param name="job">What is sent.</param>
    /// <param name="delay">In hours, from now.</param>
    /// <param name="mayBeRepeated">Whether its id is looked up and noted.</param>
    /// <returns>The id of the job that there is now: this one or another instead.</returns>
    public string Enqueue(ModelJob job, int delay, bool mayBeRepeated)
    {
        job = job with { SentAt = Now };
        if (mayBeRepeated && !seen.TryAdd(job.Id, Now + Terms.DeduplicationWindow))
            return job.Id;
        if (job.Wishes.Unique is { } unique && HolderInstead(job, unique) is { } holder)
            return holder;
        if (job.Wishes.Debounce is { } debounce && PutOff(job, debounce, delay) is { } waiting)
            return waiting;
        Note(job, delay, delay > 0 ? JobState.Scheduled : JobState.Ready, 0, "", isNew: true);
        if (delay > 0)
            AddScheduled(job, delay);
        else
            AddReady(job);
        return job.Id;
    }

    private string? HolderInstead(ModelJob job, string key)
    {
        // The key was made to last with the delay that was wished, whenever it is sent.
        var held = Terms.UniqueFor + (job.Wishes.Until == UniqueUntil.Window ? 0 : job.Wishes.Delay);
        return uniques.TryAdd(key, new Holding(job.Id, Now + held)) || uniques[key].Id == job.Id ? null : uniques[key].Id;
    }

    private string? PutOff(ModelJob job, string key, int delay)
    {
        if (series.GetValueOrDefault(key) is not { } held || scheduled.Find(waiting => waiting.Job.Id == held.Id) is not { } waits)
        {
            series[key] = new Series(job.Id, Now + Terms.DebounceAtMost, Now + Terms.DebounceAtMost + delay);
            return null;
        }
        var anew = job with { Id = held.Id };
        if (waits.Job.Attempts > 0)
            Note(anew, delay, JobState.Scheduled, 0, "");
        KeepNotes(held.Id, delay);
        scheduled.Remove(waits);
        scheduled.Add(new Scheduled(anew, Math.Min(Now + delay, held.Deadline)));
        return held.Id;
    }

    private void LetGo(string id, string? key)
    {
        if (key is not null && uniques.GetValueOrDefault(key)?.Id == id)
            uniques.Remove(key);
    }
}
