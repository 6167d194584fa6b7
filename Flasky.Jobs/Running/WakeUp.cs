namespace Flasky.Jobs.Running;

/// <summary>
/// A signal that remembers one ring: a ring while nobody waits makes the next wait return at once. Safe for concurrent
/// rings and one waiter.
/// </summary>
internal sealed class WakeUp(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource signal = NewSignal();

    public void Ring()
    {
        TaskCompletionSource ringing;
        lock (gate)
            ringing = signal;
        // The waiter goes on right here: a hop to another thread would cost more than its next command to Redis.
        ringing.TrySetResult();
    }

    /// <summary>Waits for a ring, but no longer than <paramref name="atMost"/>.</summary>
    /// <returns>Whether it rang.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!signal.Task.IsCompleted && atMost > TimeSpan.Zero)
        {
            try
            {
                await signal.Task.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Looking by itself from time to time is what the caller wants.
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!signal.Task.IsCompleted)
                return false;
            signal = NewSignal();
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new();
}
