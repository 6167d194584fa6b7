using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    private readonly SortedDictionary<string, List<ModelJob>> lanes = new(StringComparer.Ordinal);
    private readonly List<ModelEntry> hadTurn = [];
    private readonly Dictionary<string, HashSet<string>> slots = Names.Buckets.ToDictionary(bucket => bucket, _ => new HashSet<string>());
    private readonly Dictionary<string, ModelLimit> limits = [];
    private readonly Dictionary<string, double> arrivals = [];

    /// <summary>When jobs of a bucket were handed out, since a limit changed.</summary>
    private readonly Dictionary<string, List<int>> starts = Names.Buckets.Append(Names.WholeQueue).ToDictionary(bucket => bucket, _ => new List<int>());

    /// <param name="limit">Null: none any more.</param>
    /// <returns>Whether there was one, or is.</returns>
    public bool Limit(string scope, ModelLimit? limit)
    {
        foreach (var times in starts.Values)
            times.Clear();
        if (limit is null)
            return limits.Remove(scope);
        limits[scope] = limit;
        return true;
    }

    /// <summary>All that is handed out counts, a job that was handed back too.</summary>
    private int RoomInQueue() => Math.Min(PermitsOfQueue(),
        LimitOf(Names.WholeQueue)?.Most is { } most ? most - Streams.Sum(stream => stream.Count(entry => entry.Holder is not null)) : int.MaxValue);

    private int PermitsOfQueue()
    {
        if (LimitOf(Names.WholeQueue) is not { Every: { } every } limit)
            return int.MaxValue;
        // What a slower rate left behind is brought back as soon as it is seen.
        arrivals[Names.WholeQueue] = Arrival(Names.WholeQueue, limit, every);
        return (int)Math.Floor(limit.Burst - ((arrivals[Names.WholeQueue] - Now) / every));
    }

    private ModelLimit? LimitOf(string bucket) =>
        limits.GetValueOrDefault(bucket) ?? (bucket.StartsWith("key:", StringComparison.Ordinal) ? limits.GetValueOrDefault("key:*") : null);

    private List<ModelJob> LaneOf(string name) => lanes.TryGetValue(name, out var lane) ? lane : lanes[name] = [];

    private ModelJob? LeaveLane(string id)
    {
        var job = lanes.Values.SelectMany(lane => lane).FirstOrDefault(job => job.Id == id);
        if (job is not null)
            lanes[job.Wishes.Lane!].Remove(job);
        return job;
    }

    private bool LeaveSlots(ModelEntry entry)
    {
        foreach (var bucket in entry.Job.Wishes.Buckets)
            slots[bucket].Remove(entry.Job.Id);
        return hadTurn.Remove(entry);
    }

    /// <summary>Null: there is. Else why not.</summary>
    private string? NoRoomIn(string bucket)
    {
        if (LimitOf(bucket) is not { } limit)
            return null;
        if (slots[bucket].Count >= limit.Most)
            return $"{bucket} has {slots[bucket].Count} of {limit.Most}";
        return limit.Every is { } every && Arrival(bucket, limit, every) > Now + ((limit.Burst - 1) * every) ? $"{bucket} has no permit" : null;
    }

    private double Arrival(string bucket, ModelLimit limit, int every) => Math.Clamp(arrivals.GetValueOrDefault(bucket), Now, Now + (limit.Burst * every));

    private void TakeSlot(string bucket, string id)
    {
        slots[bucket].Add(id);
        Spend(bucket);
    }

    private void Spend(string bucket)
    {
        starts[bucket].Add(Now);
        if (LimitOf(bucket) is not { Every: { } every } limit)
            return;
        arrivals[bucket] = Arrival(bucket, limit, every) + every;
        // The law that a rate stands for, whatever its reckoning: in no window more than come in it, and the burst.
        for (var first = 0; first < starts[bucket].Count; first++)
        {
            if (starts[bucket].Count - first > limit.Burst + ((Now - starts[bucket][first]) / every))
                throw new StoryException($"{bucket} is limited to {limit}, and jobs of it were handed out at {string.Join(", ", starts[bucket].Skip(first))}.");
        }
    }

    private IEnumerable<string> LaneFacts() =>
    [
        .. lanes.SelectMany(lane => lane.Value.GroupBy(job => job.Wishes.Priority).SelectMany(group => group.Select((job, i) =>
            $"waiting in {lane.Key.Replace(' ', '/')} {(int)group.Key} at {i + 1} {job.Id} attempts {job.Attempts} since {Now - job.ReadyAt}"))),
        .. slots.SelectMany(bucket => bucket.Value.Select(id => $"held:{bucket.Key} by {id}")),
    ];

    /// <summary>One look at the lanes: each has a job at a time handed out, if its buckets have room.</summary>
    private sealed class Turns(QueueModel model, IReadOnlyList<JobPriority> order)
    {
        /// <summary>Those that could go at the beginning, and how often each went.</summary>
        private readonly Dictionary<string, int> went = model.lanes.Where(lane => CanGo(model, lane.Value)).ToDictionary(lane => lane.Key, _ => 0);

        /// <returns>Null: it is in no lane.</returns>
        public ModelEntry? Take(string id)
        {
            var (name, lane) = model.lanes.FirstOrDefault(lane => lane.Value.Exists(job => job.Id == id));
            if (lane is null)
                return null;
            var first = lane.MinBy(job => Array.IndexOf([.. order], job.Wishes.Priority))!;
            if (first.Id != id)
                throw new StoryException($"{id} was handed out before {first.Id} of the same lane.");
            if (first.Wishes.Buckets.Select(model.NoRoomIn).FirstOrDefault(reason => reason is not null) is { } full)
                throw new StoryException($"{id} was handed out, though {full}.");
            lane.Remove(first);
            foreach (var bucket in first.Wishes.Buckets)
                model.TakeSlot(bucket, id);
            went[name] = went.GetValueOrDefault(name) + 1;
            var entry = new ModelEntry(first) { HadTurn = true };
            model.hadTurn.Add(entry);
            return entry;
        }

        /// <summary>No lane that could go waits in spite of room, nor while another goes and goes.</summary>
        public void Check(bool isRoomLeft)
        {
            foreach (var (name, lane) in model.lanes.Where(lane => CanGo(model, lane.Value)))
            {
                if (isRoomLeft)
                    throw new StoryException($"{lane[0].Id} was not handed out, though there is room for the lane '{name}'.");
                if (went.TryGetValue(name, out var times) && times == 0 && went.Values.Max() > 2)
                    throw new StoryException($"The lane '{name}' had no turn while another had {went.Values.Max()}.");
            }
        }

        private static bool CanGo(QueueModel model, List<ModelJob> lane) => lane.Count > 0 && lane[0].Wishes.Buckets.All(bucket => model.NoRoomIn(bucket) is null);
    }
}

/// <param name="Most">At once. Null: any number.</param>
/// <param name="Every">Hours between permits. Null: no rate.</param>
/// <param name="Burst">Permits that gather.</param>
internal sealed record ModelLimit(int? Most, int? Every, int Burst)
{
    public override string ToString() => string.Join(' ', new[] { Most is { } most ? $"{most} at once" : "", Every is { } every ? $"one every {every}h, burst {Burst}" : "" }.Where(word => word.Length > 0));
}
