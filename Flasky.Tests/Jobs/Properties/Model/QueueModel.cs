using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>
/// The queue as it is meant: what each command does, said without Redis. Every slice of it is a file of its own; each of its methods
/// stands for one script and returns what the script must.
/// </summary>
internal sealed partial class QueueModel
{
    /// <summary>Who holds what was handed back.</summary>
    private const string Released = "_released";

    private static readonly JobPriority[] Priorities = Enum.GetValues<JobPriority>();

    private readonly Dictionary<JobPriority, List<ModelEntry>> streams = Priorities.ToDictionary(priority => priority, _ => new List<ModelEntry>());
    private readonly Dictionary<string, Notes> notes = [];
    private readonly Dictionary<string, int> cancelled = [];
    private readonly List<ModelJob> dead = [];
    private List<Scheduled> scheduled = [];

    public int Now { get; private set; }

    public bool Paused { get; set; }

    /// <summary>Those of jobs that have not ended, wherever they are.</summary>
    public IEnumerable<ModelJob> Live => Streams.SelectMany(stream => stream).Select(entry => entry.Job).Concat(lanes.Values.SelectMany(lane => lane)).Concat(scheduled.Select(waiting => waiting.Job));

    public bool IsEmpty => !Live.Any();

    public void Advance(int hours)
    {
        Now += hours;
        Forget(notes, note => note.Until);
        Forget(uniques, holding => holding.Until);
        Forget(series, held => held.Until);
        Forget(seen, until => until);
        Forget(workflows, workflow => workflow.Until);
    }

    /// <summary>The same things in the words of <see cref="Picture"/>.</summary>
    public IEnumerable<string> Facts() =>
    [
        .. Streams.SelectMany((stream, number) => stream.Select((entry, i) =>
            $"stream {number + 1} at {i + 1} {entry.Job.Id} attempts {entry.Job.Attempts} " + (entry.Holder is null ? "ready"
                : $"held by {entry.Holder} delivery {entry.Delivery} idle {Math.Min(99, Now - entry.HeldSince)}"))),
        .. scheduled.Select((waiting, i) =>
            $"scheduled at {i + 1} {waiting.Job.Id} attempts {waiting.Job.Attempts} priority {(int)waiting.Job.Wishes.Priority} in {Math.Max(-99, waiting.Due - Now)}"),
        .. dead.Select((job, i) => $"dead at {i + 1} {job.Id} attempts {job.Attempts}"),
        .. cancelled.Select(mark => $"cancelled {mark.Key} for {Math.Max(-99, mark.Value - Now)}"),
        .. Paused ? (string[])["paused"] : [],
        .. releasedUntil > Now ? (string[])[$"released for {releasedUntil - Now}"] : [],
        .. notes.Select(note => $"job:{note.Key} {note.Value.State.ToString().ToLowerInvariant()} attempt {note.Value.Attempt} by {note.Value.Worker} for {note.Value.Until - Now}"),
        .. uniques.Select(holding => $"unique:{holding.Key} is {holding.Value.Id} for {holding.Value.Until - Now}"),
        .. series.Select(held => $"debounce:{held.Key} is {held.Value.Id} until {held.Value.Deadline - Now} for {held.Value.Until - Now}"),
        .. seen.Select(mark => $"seen:{mark.Key} is 1 for {mark.Value - Now}"),
        .. RecurringFacts(),
        .. workflows.Select(workflow => workflow.Value.Fact(workflow.Key, Now)),
        .. LaneFacts(),
    ];

    /// <summary>
    /// Within an hour the order of what is due, and of what died, is by the millisecond, which only Redis knows; so the model takes that
    /// much of it over.
    /// </summary>
    public void OrderAs(IReadOnlyList<string> facts)
    {
        var order = facts.Select((fact, i) => (fact, i)).Where(line => line.fact.StartsWith("scheduled at", StringComparison.Ordinal) || line.fact.StartsWith("dead at", StringComparison.Ordinal))
            .ToDictionary(line => string.Join(' ', line.fact.Split(' ') is var words ? [words[0], words[3]] : []), line => line.i);
        scheduled = [.. scheduled.OrderBy(waiting => waiting.Due).ThenBy(waiting => order.GetValueOrDefault($"scheduled {waiting.Job.Id}"))];
        var byTime = dead.OrderBy(job => diedAt[job.Id]).ThenBy(job => order.GetValueOrDefault($"dead {job.Id}")).ToArray();
        dead.Clear();
        dead.AddRange(byTime);
    }

    /// <param name="delay">Until it is due, if it waits for a time.</param>
    private void Note(ModelJob job, int delay, JobState state, int attempt, string worker, bool isNew = false)
    {
        if (job.Wishes.Tracked)
            notes[job.Id] = new Notes(state, attempt, worker, Now + (state.IsEnd() ? Terms.TrackedFor : Terms.UnendedFor + delay), notes.GetValueOrDefault(job.Id)?.TellsWishes ?? isNew);
    }

    /// <summary>Of a job that has not ended and of which something is heard.</summary>
    private void KeepNotes(string id, int delay)
    {
        if (notes.GetValueOrDefault(id) is { } kept)
            notes[id] = kept with { Until = Math.Max(kept.Until, Now + Terms.UnendedFor + delay) };
    }

    private void AddReady(ModelJob job)
    {
        if (job.Wishes.Lane is { } lane)
            LaneOf(lane).Add(job with { ReadyAt = Now });
        else
            streams[job.Wishes.Priority].Add(new ModelEntry(job));
    }

    /// <summary>By priority, and last that of jobs whose turn came.</summary>
    private IEnumerable<List<ModelEntry>> Streams => streams.Values.Append(hadTurn);

    private void AddScheduled(ModelJob job, int delay)
    {
        scheduled.RemoveAll(waiting => waiting.Job.Id == job.Id);
        scheduled.Add(new Scheduled(job, Now + delay));
    }

    private void Forget<T>(Dictionary<string, T> things, Func<T, int> until)
    {
        foreach (var key in things.Where(thing => until(thing.Value) <= Now).Select(thing => thing.Key).ToArray())
            things.Remove(key);
    }
}
