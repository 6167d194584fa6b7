using System.Collections.Immutable;

namespace Flasky.Mailbox.Store;

/// <summary>Those who wait for a value that matches: woken by a signal, never by polling. Safe for concurrent use.</summary>
internal sealed class Waiters<T>(TimeProvider time)
    where T : class
{
    private ImmutableArray<Waiter> waiting = [];

    /// <summary>Whether anyone waits: lets a busy caller skip making the value.</summary>
    public bool Any => !waiting.IsEmpty;

    /// <summary>Offers a value to all who wait.</summary>
    public void Offer(T value)
    {
        foreach (var waiter in waiting)
        {
            waiter.Try(value);
        }
    }

    /// <summary>Waits for a match among what is there now and what will be offered.</summary>
    /// <param name="match">Runs on the thread that offers; what it throws ends the wait.</param>
    /// <param name="current">What is there now; read after the wait has been registered, so nothing slips through between.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="describe">What was there, for the message of the time-out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">Nothing matched in time.</exception>
    public async Task<T> WaitAsync(
        Func<T, bool> match, Func<IEnumerable<T>> current, TimeSpan timeout, Func<string> describe, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(match);
        ImmutableInterlocked.Update(ref waiting, (all, added) => all.Add(added), waiter);
        try
        {
            foreach (var value in current())
            {
                if (waiter.Try(value)) break;
            }
            return await waiter.Found.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Nothing matched within {timeout}. {describe()}", exception);
        }
        finally
        {
            ImmutableInterlocked.Update(ref waiting, (all, removed) => all.Remove(removed), waiter);
        }
    }

    private sealed class Waiter(Func<T, bool> match)
    {
        private readonly TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Found => found.Task;

        public bool Try(T value)
        {
            try
            {
                return match(value) && found.TrySetResult(value);
            }
            catch (Exception exception)
            {
                // The test's own predicate failed: that is for the one who waits, not for the session that brought the value.
                return found.TrySetException(exception);
            }
        }
    }
}
