using Flasky.Jobs.Redis;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>
/// Asks Redis for the jobs of one queue, in the cheapest way that what it was told last allows. For one caller, but for
/// <see cref="TakeOverSoon"/>.
/// </summary>
internal sealed partial class JobFetcher(
    string queue, QueueStore store, RedisGuard guard, RedisClock clock, JobWorkerOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>How late a scheduled job may become ready while all workers are busy with a backlog.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>One look in so many begins with a lower priority, so that none starves.</summary>
    private const int Rotation = 16;

    private static readonly JobPriority[][] Orders =
    [
        [JobPriority.Critical, JobPriority.High, JobPriority.Normal, JobPriority.Low],
        [JobPriority.High, JobPriority.Critical, JobPriority.Normal, JobPriority.Low],
        [JobPriority.Normal, JobPriority.Critical, JobPriority.High, JobPriority.Low],
        [JobPriority.Low, JobPriority.Critical, JobPriority.High, JobPriority.Normal],
    ];

    private long nextReap = time.GetTimestamp();
    private long nextLook;
    private int looks;

    /// <summary>The priority that had more jobs than the last fetch took. Null: none had.</summary>
    private JobPriority? backlog;

    /// <summary>Whether limits held when this worker looked last: then what it may run is decided anew for each job.</summary>
    private bool isLimited;

    /// <summary>The timestamp up to which the leases of the jobs that came last hold: they begin when Redis is asked, or later.</summary>
    public long LeaseEnd { get; private set; }

    /// <summary>Whether more jobs than there are free slots for may be asked for. Not for a moment after a look that found too few.</summary>
    public bool MayFetchAhead => !isLimited && (backlog is not null || time.GetTimestamp() >= nextLook);

    /// <summary>Notes a job that came unasked.</summary>
    public void Delivered(DeliveredJob delivery) => LeaseEnd = After(options.Lease - (clock.Now - delivery.At));

    /// <summary>Says that there may be jobs that were handed back. Thread-safe.</summary>
    public void TakeOverSoon() => Interlocked.Exchange(ref nextReap, time.GetTimestamp());

    /// <summary>Plain reads while they come back full; a careful look when one does not, and every so often all the same.</summary>
    /// <param name="free">Slots to fill. Zero: this worker has room for jobs ahead only, and is not to be woken for one.</param>
    /// <param name="ahead">Jobs to fetch besides.</param>
    public async Task<(Fetched Fetched, TimeSpan? UntilDue)> FetchAsync(int free, int ahead, CancellationToken stop)
    {
        var most = free + ahead;
        if (backlog is { } priority && time.GetTimestamp() < nextLook)
        {
            var read = await AskAsync(() => store.ReadAsync(priority, most), stop).ConfigureAwait(false);
            if (read.Jobs.Length < most)
                backlog = null;
            if (read.Jobs.Length > 0)
                return (read, null);
        }
        var order = Orders[looks++ % Rotation is var turn && turn >= Rotation - 3 ? Rotation - turn : 0];
        var look = await AskAsync(() => store.LookAsync(most, order, mayIdle: free > 0), stop).ConfigureAwait(false);
        clock.Set(look.Now);
        isLimited = look.IsLimited;
        if (look.AnyHandedBack)
            TakeOverSoon();
        var jobs = look.Fetched.Jobs;
        // Only in the natural order: a lower priority has its turn, not the whole time until the next look.
        backlog = !isLimited && order == Orders[0] && jobs.Length == most && jobs[0].Priority == jobs[^1].Priority ? jobs[0].Priority : null;
        // More was due than one look moves: the next one follows at once.
        nextLook = look.UntilDue == TimeSpan.Zero ? time.GetTimestamp() : After(LookInterval);
        return (look.Fetched, look.UntilDue);
    }

    /// <summary>A call that may hand out jobs.</summary>
    private Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken stop) => guard.CallAsync(
        () =>
        {
            LeaseEnd = After(options.Lease);
            return call();
        }, stop, keepsReply: true);

    private long After(TimeSpan delay) => time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    /// <summary>Jobs that another worker lost, looked for every third of the lease.</summary>
    public async Task<ClaimedJob[]> TakeOverAsync(int most, CancellationToken stop)
    {
        if (time.GetTimestamp() < Interlocked.Read(ref nextReap))
            return [];
        Interlocked.Exchange(ref nextReap, After(options.Lease / 3));
        var (reaped, lost, now) = await AskAsync(() => store.ReapAsync(options.Lease, most), stop).ConfigureAwait(false);
        clock.Set(now);
        if (reaped.Length > lost)
            LogTakenBack(queue, reaped.Length - lost);
        if (lost > 0)
        {
            JobsTelemetry.LeasesLost.Add(lost, JobsTelemetry.Tags(queue, "receive"));
            LogTakenOver(queue, lost);
        }
        // As many as asked for: there may be more.
        if (reaped.Length >= most)
            TakeOverSoon();
        return reaped;
    }

    public TimeSpan UntilNextLook(TimeSpan? untilDue)
    {
        var untilReap = time.GetElapsedTime(time.GetTimestamp(), Interlocked.Read(ref nextReap));
        var wait = options.PollInterval < untilReap ? options.PollInterval : untilReap;
        return untilDue < wait ? untilDue.Value : wait;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Queue {Queue}: took {Count} job(s) that were handed back")]
    private partial void LogTakenBack(string queue, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: took over {Count} job(s) whose worker died or was silent for longer than its lease")]
    private partial void LogTakenOver(string queue, int count);
}
