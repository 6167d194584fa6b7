using System.Collections.Concurrent;
using System.Diagnostics;

namespace Flasky.Benchmarks.Worker;

/// <summary>Counts jobs that started. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<double> latenciesMs = new();
    private TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;
    private int awaited = int.MaxValue;
    private long first;

    public int Count => Volatile.Read(ref count);

    public long First => Interlocked.Read(ref first);

    public void Add(long now, long sent)
    {
        if (sent > 0)
            latenciesMs.Enqueue((now - sent) * 1000.0 / Stopwatch.Frequency);
        Interlocked.CompareExchange(ref first, now, 0);
        if (Interlocked.Increment(ref count) >= Volatile.Read(ref awaited))
            reached.TrySetResult();
    }

    /// <summary>Waits until so many were counted since the last <see cref="Reset"/>. One waiter at a time.</summary>
    public async Task ReachedAsync(int jobs)
    {
        Interlocked.Exchange(ref awaited, jobs);
        if (Count < jobs)
            await reached.Task;
    }

    public double[] LatenciesMs() => [.. latenciesMs];

    public void Reset()
    {
        Interlocked.Exchange(ref awaited, int.MaxValue);
        reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        latenciesMs.Clear();
        Interlocked.Exchange(ref first, 0);
        Interlocked.Exchange(ref count, 0);
    }
}
