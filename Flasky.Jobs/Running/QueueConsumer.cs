using Flasky.Jobs.Redis;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>Takes jobs from one queue while there are free slots, and sees each to its settlement.</summary>
internal sealed partial class QueueConsumer(
    string queue,
    QueueStore store,
    RedisGuard guard,
    JobRunner runner,
    Slots slots,
    SlotShare share,
    JobWorkerOptions options,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Jobs in one fetch: shares the round trip, and keeps one queue from taking every slot at once.</summary>
    private const int FetchSize = 64;

    /// <summary>How late a scheduled job may become ready while all workers are busy with a backlog.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>How long handlers that were told to stop may take before their jobs are handed back under them.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(1);

    /// <summary>One look in so many begins with a lower priority, so that none starves.</summary>
    private const int Rotation = 16;

    private static readonly JobPriority[][] Orders =
    [
        [JobPriority.Critical, JobPriority.High, JobPriority.Normal, JobPriority.Low],
        [JobPriority.High, JobPriority.Critical, JobPriority.Normal, JobPriority.Low],
        [JobPriority.Normal, JobPriority.Critical, JobPriority.High, JobPriority.Low],
        [JobPriority.Low, JobPriority.Critical, JobPriority.High, JobPriority.Normal],
    ];

    private readonly HeldJobs held = new();
    private readonly RedisClock clock = new(time);
    private readonly WakeUp wakeUp = new(time);
    private long nextReap = time.GetTimestamp();
    private long nextLook;
    private int looks;

    /// <summary>The priority that had more jobs than the last fetch took. Null: none had.</summary>
    private JobPriority? backlog;

    /// <summary>Time since Redis last answered this queue.</summary>
    public TimeSpan SinceLastAnswer => guard.SinceLastAnswer;

    /// <summary>Jobs of the queue that this worker holds now.</summary>
    public int Running => held.Count;

    /// <summary>The doorbell. Thread-safe.</summary>
    /// <param name="reap">Whether jobs were handed back and can be taken over at once.</param>
    public void Ring(bool reap)
    {
        if (reap)
            Interlocked.Exchange(ref nextReap, time.GetTimestamp());
        wakeUp.Ring();
    }

    /// <summary>Stops a job if it runs here. Thread-safe.</summary>
    public void Cancel(string id)
    {
        foreach (var job in held.Snapshot().Where(job => job.Claimed.Id == id))
            job.Stop(StopReason.Cancelled);
    }

    /// <summary>Runs until <paramref name="stop"/>; then lets jobs finish until <paramref name="giveUp"/>, and hands the rest back.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        using var stopLeases = new CancellationTokenSource();
        var leases = new LeaseKeeper(queue, store, held, options.Lease, time, logger);
        var settler = new Settler(store, guard, held, leases, options.DeadCapacity, giveUp);
        var access = new RedisQueueAccess(store, guard, clock, options.Lease / 3, time, logger, giveUp);
        var keeping = leases.RunAsync(stopLeases.Token);
        var settling = settler.RunAsync();
        try
        {
            await guard.CreateGroupsAsync(stop).ConfigureAwait(false);
            await ClaimAsync(access, settler, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host is stopping: no more jobs are taken.
        }
        await RetireAsync(giveUp).ConfigureAwait(false);
        await held.WhenEmptyAsync().WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await HandBackAsync().ConfigureAwait(false);
        settler.Finish();
        await settling.ConfigureAwait(false);
        await stopLeases.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
    }

    private async Task ClaimAsync(QueueAccess access, Settler settler, CancellationToken stop)
    {
        var rung = false;
        while (true)
        {
            var free = await TakeSlotsAsync(rung, stop).ConfigureAwait(false);
            var started = 0;
            var wait = TimeSpan.Zero;
            try
            {
                var taken = await TakeOverAsync(free, stop).ConfigureAwait(false);
                started += await StartAsync(new Fetched(taken, MindCancelled: taken.Length > 0), access, settler, stop).ConfigureAwait(false);
                if (started < free)
                {
                    var (fetched, untilDue) = await FetchAsync(free - started, stop).ConfigureAwait(false);
                    started += await StartAsync(fetched, access, settler, stop).ConfigureAwait(false);
                    wait = UntilNextLook(untilDue);
                }
            }
            finally
            {
                if (started < free)
                    slots.Return(share, free - started);
            }
            rung = started == 0 && await wakeUp.WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    /// <param name="rung">Whether this worker was woken for a job. If it has no room now, another is woken in its stead.</param>
    private async Task<int> TakeSlotsAsync(bool rung, CancellationToken stop)
    {
        if (slots.TryTake(share, FetchSize) is > 0 and var free)
            return free;
        if (rung)
            await guard.CallAsync(store.PassOnAsync, stop).ConfigureAwait(false);
        return await slots.TakeAsync(share, FetchSize, stop).ConfigureAwait(false);
    }

    /// <summary>Plain reads while they come back full; a careful look when one does not, and every so often all the same.</summary>
    private async Task<(Fetched Fetched, TimeSpan? UntilDue)> FetchAsync(int most, CancellationToken stop)
    {
        if (backlog is { } priority && time.GetTimestamp() < nextLook)
        {
            var read = await guard.CallAsync(() => store.ReadAsync(priority, most), stop).ConfigureAwait(false);
            if (read.Jobs.Length < most)
                backlog = null;
            if (read.Jobs.Length > 0)
                return (read, null);
        }
        var order = Orders[looks++ % Rotation is var turn && turn >= Rotation - 3 ? Rotation - turn : 0];
        var look = await guard.CallAsync(() => store.LookAsync(most, order), stop).ConfigureAwait(false);
        clock.Set(look.Now);
        var jobs = look.Fetched.Jobs;
        // Only in the natural order: a lower priority has its turn, not the whole time until the next look.
        backlog = !look.IsLimited && order == Orders[0] && jobs.Length == most && jobs[0].Priority == jobs[^1].Priority ? jobs[0].Priority : null;
        nextLook = After(LookInterval);
        return (look.Fetched, look.UntilDue);
    }

    private long After(TimeSpan delay) => time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    /// <summary>Jobs that another worker lost, looked for every third of the lease.</summary>
    private async Task<ClaimedJob[]> TakeOverAsync(int most, CancellationToken stop)
    {
        if (time.GetTimestamp() < Interlocked.Read(ref nextReap))
            return [];
        Interlocked.Exchange(ref nextReap, After(options.Lease / 3));
        var (reaped, now) = await guard.CallAsync(() => store.ReapAsync(options.Lease, most), stop).ConfigureAwait(false);
        clock.Set(now);
        if (reaped.Length > 0)
            LogTakenOver(queue, reaped.Length);
        // As many as asked for: there may be more.
        if (reaped.Length >= most)
            Interlocked.Exchange(ref nextReap, time.GetTimestamp());
        return reaped;
    }

    private TimeSpan UntilNextLook(TimeSpan? untilDue)
    {
        var untilReap = time.GetElapsedTime(time.GetTimestamp(), Interlocked.Read(ref nextReap));
        var wait = options.PollInterval < untilReap ? options.PollInterval : untilReap;
        return untilDue < wait ? untilDue.Value : wait;
    }

    private async Task<int> StartAsync(Fetched fetched, QueueAccess access, Settler settler, CancellationToken stop)
    {
        var jobs = Array.ConvertAll(fetched.Jobs, held.Add);
        if (fetched.MindCancelled && jobs.Length > 0)
            await StopCancelledAsync(jobs, stop).ConfigureAwait(false);
        foreach (var job in jobs)
            job.Run = Task.Run(() => RunAsync(job, access, settler), CancellationToken.None);
        if (jobs.Length > 0)
            JobsTelemetry.Consumed.Add(jobs.Length, JobsTelemetry.Tags(queue, "receive"));
        return jobs.Length;
    }

    /// <summary>Before they start: what was cancelled must not.</summary>
    private async Task StopCancelledAsync(RunningJob[] jobs, CancellationToken stop)
    {
        try
        {
            var cancelled = await guard.CallAsync(() => store.CancelledAsync(Array.ConvertAll(jobs, job => job.Claimed)), stop).ConfigureAwait(false);
            foreach (var job in jobs.Where(job => cancelled.Contains(job.Claimed.Id)))
                job.Stop(StopReason.Cancelled);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The worker stops and does not know: it hands them back as they are.
            Array.ForEach(jobs, job => job.Stop(StopReason.Stopping));
        }
    }

    private async Task RunAsync(RunningJob job, QueueAccess access, Settler settler)
    {
        var outcome = await runner.RunAsync(job, access).ConfigureAwait(false);
        slots.Return(1);
        await settler.SettleAsync(job, outcome).ConfigureAwait(false);
    }

    private async Task RetireAsync(CancellationToken giveUp)
    {
        try
        {
            await guard.CallAsync(store.RetireAsync, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            // Redis is away. A bell that nobody hears is dropped when it is rung.
        }
    }

    private async Task HandBackAsync()
    {
        var left = held.Snapshot();
        if (left.Length == 0)
            return;
        Array.ForEach(left, job => job.Stop(StopReason.Stopping));
        await Task.WhenAll(left.Select(job => job.Run)).WaitAsync(CancelGrace, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        left = held.Snapshot();
        if (left.Length == 0)
            return;
        // One try only: there is no time left, and the leases run out by themselves.
        try
        {
            var released = await Task.WhenAll(left.Select(job => job.Claimed).GroupBy(job => job.Priority)
                .Select(stream => store.ReleaseAsync([.. stream]))).WaitAsync(CancelGrace, time).ConfigureAwait(false);
            LogHandedBack(queue, released.Sum());
        }
        catch (Exception e) when (e is StackExchange.Redis.RedisException or TimeoutException)
        {
            LogNotHandedBack(queue, left.Length, options.Lease, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: took over {Count} job(s) that another worker lost or handed back")]
    private partial void LogTakenOver(string queue, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue}: handed back {Count} unfinished job(s)")]
    private partial void LogHandedBack(string queue, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: could not hand back {Count} job(s); others take them when the lease of {Lease} has run out ({Problem})")]
    private partial void LogNotHandedBack(string queue, int count, TimeSpan lease, string problem);
}
