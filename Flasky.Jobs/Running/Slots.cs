namespace Flasky.Jobs.Running;

/// <summary>
/// The worker's free places, shared by its queues: no more jobs run at once. While queues compete, each gets places by its
/// weight. Thread-safe.
/// </summary>
internal sealed class Slots(int count)
{
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];

    /// <summary>Queues that found jobs for all the slots they took, as far as anybody knows.</summary>
    private readonly HashSet<SlotShare> busy = [];
    private readonly int all = count;
    private int free = count;

    /// <summary>The position of the queue served last: who had nothing to run begins here, and has saved up nothing.</summary>
    private double position;

    /// <summary>Takes up to <paramref name="most"/> of the free slots. Zero if there are none, or another queue's turn is first.</summary>
    public int TryTake(SlotShare share, int most)
    {
        lock (gate)
            return waiters.Count > 0 ? 0 : Grant(share, Math.Min(most, Turn(share)));
    }

    /// <summary>Waits for a free slot, then takes up to <paramref name="most"/> of those that are free. Zero after a <see cref="Nudge"/>.</summary>
    public async Task<int> TakeAsync(SlotShare share, int most, CancellationToken cancellationToken)
    {
        if (TryTake(share, most) is > 0 and var taken)
            return taken;
        var waiter = new Waiter(share);
        lock (gate)
        {
            waiters.Add(waiter);
            Serve();
        }
        await using (cancellationToken.UnsafeRegister(_ => Forget(waiter, cancellationToken), null).ConfigureAwait(false))
        {
            if (!await waiter.Granted.Task.ConfigureAwait(false))
                return 0;
        }
        // All were taken: jobs that run for a moment only end while this goes to the back of the thread pool's queue, and one
        // fetch fills their slots instead of a fetch each. With longer jobs it comes back at once.
        await Task.Yield();
        return 1 + (most > 1 ? TryTake(share, most - 1) : 0);
    }

    /// <summary>Ends the queue's wait for a slot without one, if it waits: it has something else to do.</summary>
    public void Nudge(SlotShare share)
    {
        lock (gate)
        {
            if (waiters.Find(waiter => waiter.Share == share) is not { } waiter)
                return;
            waiters.Remove(waiter);
            waiter.Granted.SetResult(false);
        }
    }

    /// <summary>Hands the slot of a job that ended to the queue's next job, unless another queue's turn is first: then that one has it.</summary>
    public bool TryKeep(SlotShare share)
    {
        lock (gate)
        {
            free++;
            if (waiters.Count > 0 && AnyIsBefore(share))
            {
                Serve();
                return false;
            }
            Grant(share, 1);
            return true;
        }
    }

    /// <summary>Gives back slots that were taken for nothing, so they do not count against the queue's share.</summary>
    public void Return(SlotShare share, int unused)
    {
        lock (gate)
        {
            share.Position -= unused / share.Weight;
            Free(unused);
        }
    }

    /// <summary>Gives back the slots of jobs that ended.</summary>
    public void Return(int slots)
    {
        lock (gate)
            Free(slots);
    }

    /// <summary>Says that the queue has no more jobs for now; until it takes slots again, others need not mind it.</summary>
    public void Rest(SlotShare share)
    {
        lock (gate)
            busy.Remove(share);
    }

    private void Free(int slots)
    {
        free += slots;
        Serve();
    }

    /// <summary>A slot to each waiter, beginning with the one that had the least for its weight.</summary>
    private void Serve()
    {
        while (free > 0 && waiters.MinBy(waiter => waiter.Share.Position) is { } next)
        {
            waiters.Remove(next);
            Grant(next.Share, 1);
            next.Granted.SetResult(true);
        }
    }

    /// <summary>Whether a waiting queue had less for its weight than this one.</summary>
    private bool AnyIsBefore(SlotShare share) => waiters.Exists(waiter => waiter.Share != share && waiter.Share.Position < share.Position);

    /// <summary>As many as it has for one of the lightest, while others have jobs too: they may be away just now to fetch them.</summary>
    private int Turn(SlotShare share) =>
        busy.Count > (busy.Contains(share) ? 1 : 0) ? Math.Max(1, (int)(share.Weight / busy.Min(other => other.Weight))) : int.MaxValue;

    private int Grant(SlotShare share, int most)
    {
        var granted = Math.Min(most, free);
        if (granted == 0)
            return 0;
        free -= granted;
        // A queue that is away to fetch keeps its turn, up to a worker full of jobs; one that had nothing to run does not.
        var behind = busy.Add(share) ? 0 : all;
        share.Position = position = Math.Max(share.Position, position - behind);
        share.Position += granted / share.Weight;
        return granted;
    }

    private void Forget(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiters.Remove(waiter))
                waiter.Granted.SetCanceled(cancellationToken);
        }
    }

    private sealed record Waiter(SlotShare Share)
    {
        // The grant must not run its receiver inside the lock.
        public TaskCompletionSource<bool> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>One queue's claim to slots.</summary>
/// <param name="weight">How many it gets for one of a queue of weight 1.</param>
internal sealed class SlotShare(double weight)
{
    public double Weight { get; } = weight;

    /// <summary>Slots taken so far, divided by the weight. Guarded by <see cref="Slots"/>.</summary>
    public double Position { get; set; }
}
