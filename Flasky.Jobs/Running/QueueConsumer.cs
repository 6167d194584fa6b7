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

    private readonly HeldJobs held = new();
    private readonly WakeUp wakeUp = new(time);
    private long nextReap = time.GetTimestamp();
    private long nextLook;
    private bool backlog;

    /// <summary>Time since Redis last answered this queue.</summary>
    public TimeSpan SinceLastAnswer => guard.SinceLastAnswer;

    /// <summary>The doorbell. Thread-safe.</summary>
    /// <param name="reap">Whether jobs were handed back and can be taken over at once.</param>
    public void Ring(bool reap)
    {
        if (reap)
            Interlocked.Exchange(ref nextReap, time.GetTimestamp());
        wakeUp.Ring();
    }

    /// <summary>Runs until <paramref name="stop"/>; then lets jobs finish until <paramref name="giveUp"/>, and hands the rest back.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        using var stopLeases = new CancellationTokenSource();
        var leases = new LeaseKeeper(queue, store, held, options.Lease, time, logger);
        var settler = new Settler(store, guard, held, leases, options.DeadCapacity, giveUp);
        var keeping = leases.RunAsync(stopLeases.Token);
        var settling = settler.RunAsync();
        try
        {
            await guard.CreateGroupAsync(stop).ConfigureAwait(false);
            await ClaimAsync(settler, stop).ConfigureAwait(false);
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

    private async Task ClaimAsync(Settler settler, CancellationToken stop)
    {
        while (true)
        {
            var free = await slots.TakeAsync(FetchSize, stop).ConfigureAwait(false);
            var started = 0;
            var wait = TimeSpan.Zero;
            try
            {
                started += Start(await TakeOverAsync(free, stop).ConfigureAwait(false), settler);
                if (started < free)
                {
                    var fetched = await FetchAsync(free - started, stop).ConfigureAwait(false);
                    started += Start(fetched.Jobs, settler);
                    wait = UntilNextLook(fetched.UntilDue);
                }
            }
            finally
            {
                slots.Return(free - started);
            }
            if (started == 0)
                await wakeUp.WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Plain reads while they come back full; a careful look when one does not, and every so often all the same.</summary>
    private async Task<LookResult> FetchAsync(int most, CancellationToken stop)
    {
        if (backlog && time.GetTimestamp() < nextLook)
        {
            var read = await guard.CallAsync(() => store.ReadAsync(most), stop).ConfigureAwait(false);
            backlog = read.Length == most;
            if (read.Length > 0)
                return new LookResult(read, null);
        }
        var look = await guard.CallAsync(() => store.LookAsync(most), stop).ConfigureAwait(false);
        backlog = look.Jobs.Length == most;
        nextLook = After(LookInterval);
        return look;
    }

    private long After(TimeSpan delay) => time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    /// <summary>Jobs that another worker lost, looked for every third of the lease.</summary>
    private async Task<ClaimedJob[]> TakeOverAsync(int most, CancellationToken stop)
    {
        if (time.GetTimestamp() < Interlocked.Read(ref nextReap))
            return [];
        Interlocked.Exchange(ref nextReap, After(options.Lease / 3));
        var reaped = await guard.CallAsync(
            () => store.ReapAsync(options.Lease, most, options.MaxDeliveries, options.DeadCapacity), stop).ConfigureAwait(false);
        foreach (var id in reaped.Parked)
            LogParked($"{queue}:{id}", options.MaxDeliveries);
        if (reaped.Jobs.Length > 0)
            LogTakenOver(queue, reaped.Jobs.Length);
        // As many as asked for: there may be more.
        if (reaped.Jobs.Length + reaped.Parked.Length >= most)
            Interlocked.Exchange(ref nextReap, time.GetTimestamp());
        return reaped.Jobs;
    }

    private TimeSpan UntilNextLook(TimeSpan? untilDue)
    {
        var untilReap = time.GetElapsedTime(time.GetTimestamp(), Interlocked.Read(ref nextReap));
        var wait = options.PollInterval < untilReap ? options.PollInterval : untilReap;
        return untilDue < wait ? untilDue.Value : wait;
    }

    private int Start(ClaimedJob[] jobs, Settler settler)
    {
        foreach (var claimed in jobs)
        {
            var job = held.Add(claimed);
            job.Run = Task.Run(() => RunAsync(job, settler), CancellationToken.None);
        }
        if (jobs.Length > 0)
            JobsTelemetry.Consumed.Add(jobs.Length, JobsTelemetry.Tags(queue, "receive"));
        return jobs.Length;
    }

    private async Task RunAsync(RunningJob job, Settler settler)
    {
        var outcome = await runner.RunAsync(job).ConfigureAwait(false);
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
        Array.ForEach(left, job => job.Cancel());
        await Task.WhenAll(left.Select(job => job.Run)).WaitAsync(CancelGrace, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        left = held.Snapshot();
        if (left.Length == 0)
            return;
        // One try only: there is no time left, and the leases run out by themselves.
        try
        {
            var released = await store.ReleaseAsync([.. left.Select(job => job.Claimed)]).WaitAsync(CancelGrace, time).ConfigureAwait(false);
            LogHandedBack(queue, released);
        }
        catch (Exception e) when (e is StackExchange.Redis.RedisException or TimeoutException)
        {
            LogNotHandedBack(queue, left.Length, options.Lease, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is kept as dead: it was handed out {Deliveries} times and no worker lived to settle it")]
    private partial void LogParked(string jobId, int deliveries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: took over {Count} job(s) that another worker lost or handed back")]
    private partial void LogTakenOver(string queue, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue}: handed back {Count} unfinished job(s)")]
    private partial void LogHandedBack(string queue, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: could not hand back {Count} job(s); others take them when the lease of {Lease} has run out ({Problem})")]
    private partial void LogNotHandedBack(string queue, int count, TimeSpan lease, string problem);
}
