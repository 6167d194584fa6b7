namespace Flasky.Jobs.Running;

/// <summary>
/// The worker's free places, shared by its queues: no more jobs are fetched than can run at once. While queues compete,
/// each gets places by its weight. Thread-safe.
/// </summary>
internal sealed class Slots(int count)
{
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];
    private int free = count;

    /// <summary>The position of the queue served last: who was away for long begins here, and has saved up nothing.</summary>
    private double position;

    /// <summary>Takes up to <paramref name="most"/> of the free slots. Zero if there are none, or another queue's turn is first.</summary>
    public int TryTake(SlotShare share, int most)
    {
        lock (gate)
            return waiters.Count > 0 ? 0 : Grant(share, most);
    }

    /// <summary>Waits for a free slot, then takes up to <paramref name="most"/> of those that are free.</summary>
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
            await waiter.Granted.Task.ConfigureAwait(false);
        // All were taken: jobs that run for a moment only end while this goes to the back of the thread pool's queue, and one
        // fetch fills their slots instead of a fetch each. With longer jobs it comes back at once.
        await Task.Yield();
        return 1 + (most > 1 ? TryTake(share, most - 1) : 0);
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
            next.Granted.SetResult();
        }
    }

    private int Grant(SlotShare share, int most)
    {
        var granted = Math.Min(most, free);
        free -= granted;
        share.Position = position = Math.Max(share.Position, position);
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
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
