namespace Flasky.Jobs.Running;

/// <summary>The worker's free places, shared by its queues: no more jobs are fetched than can run at once. Thread-safe.</summary>
internal sealed class Slots(int count) : IDisposable
{
    private readonly SemaphoreSlim free = new(count, count);

    /// <summary>Waits for a free slot, then takes up to <paramref name="most"/> of those that are free.</summary>
    public async Task<int> TakeAsync(int most, CancellationToken cancellationToken)
    {
        var first = free.WaitAsync(cancellationToken);
        var waited = !first.IsCompleted;
        await first.ConfigureAwait(false);
        // All were taken: jobs that run for a moment only end while this goes to the back of the thread pool's queue, and one
        // fetch fills their slots instead of a fetch each. With longer jobs it comes back at once.
        if (waited)
            await Task.Yield();
        var taken = 1;
        while (taken < most && await free.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
            taken++;
        return taken;
    }

    public void Dispose() => free.Dispose();

    public void Return(int slots)
    {
        if (slots > 0)
            free.Release(slots);
    }
}
