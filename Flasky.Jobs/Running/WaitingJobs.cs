using System.Diagnostics.CodeAnalysis;

namespace Flasky.Jobs.Running;

/// <summary>
/// Jobs of one queue that were handed out and not started. More than there are slots for are fetched only while jobs are so
/// short that they start within a moment; when they do not, because what runs before them takes longer than what ran before, they
/// go back to Redis. Thread-safe.
/// </summary>
/// <param name="most">The most to fetch ahead.</param>
/// <param name="patience">How long one that was fetched ahead may wait.</param>
internal sealed class WaitingJobs(int most, TimeSpan patience, TimeProvider time)
{
    /// <summary>What starts within this time may be fetched ahead: some round trips, so that a slot need not wait for one.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(5);

    /// <summary>Fewer are not worth it.</summary>
    private const int Fewest = 16;

    /// <summary>The pace at most doubles from one measurement to the next, from here on: long jobs that end together are no pace.</summary>
    private const double FirstPace = 1000;

    private readonly Lock gate = new();
    private readonly Queue<(RunningJob Job, long? FetchedAhead)> jobs = new();
    private int count;
    private int low;
    private long ended;
    private long endedBefore;
    private long measured = time.GetTimestamp();
    private double perSecond;

    /// <summary>Called, on a thread that has jobs to run, when it is time to fetch more ahead.</summary>
    public Action? OnLow { get; set; }

    public int Count => Volatile.Read(ref count);

    /// <param name="fetched">What was handed out.</param>
    /// <param name="free">For so many of them there are slots.</param>
    public void Add(RunningJob[] fetched, int free)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            for (var i = 0; i < fetched.Length; i++)
                jobs.Enqueue((fetched[i], i < free ? null : now));
            count = jobs.Count;
        }
    }

    public bool TryTake([NotNullWhen(true)] out RunningJob? job)
    {
        bool isLow;
        lock (gate)
        {
            // A process that was stopped for a while wakes up here with jobs that may be others' by now.
            if (!jobs.TryPeek(out var next) || IsLate(next.FetchedAhead))
            {
                job = null;
                return false;
            }
            jobs.Dequeue();
            count = jobs.Count;
            job = next.Job;
            isLow = count == low && low > 0;
        }
        if (isLow)
            OnLow?.Invoke();
        return true;
    }

    /// <summary>Says that a job has come to its end, in whatever way.</summary>
    public void CountEnded() => Interlocked.Increment(ref ended);

    /// <summary>How many jobs to fetch ahead now. For one caller.</summary>
    public int Room()
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(measured, now);
        if (elapsed >= Ahead)
        {
            var all = Interlocked.Read(ref ended);
            perSecond = Math.Min((all - endedBefore) / elapsed.TotalSeconds, Math.Max(2 * perSecond, FirstPace));
            (endedBefore, measured) = (all, now);
        }
        var ahead = (int)Math.Min(most, perSecond * Ahead.TotalSeconds);
        low = ahead / 2;
        return ahead >= Fewest && Count <= low ? ahead - Count : 0;
    }

    /// <summary>Takes out those that have waited too long.</summary>
    public RunningJob[] TakeLate() => TakeWhile(IsLate);

    /// <summary>Takes out all.</summary>
    public RunningJob[] TakeAll() => TakeWhile(_ => true);

    private RunningJob[] TakeWhile(Func<long?, bool> which)
    {
        if (Count == 0)
            return [];
        var taken = new List<RunningJob>();
        lock (gate)
        {
            while (jobs.TryPeek(out var next) && which(next.FetchedAhead))
                taken.Add(jobs.Dequeue().Job);
            count = jobs.Count;
        }
        return [.. taken];
    }

    private bool IsLate(long? fetchedAhead) => fetchedAhead is { } since && time.GetElapsedTime(since) > patience;
}
