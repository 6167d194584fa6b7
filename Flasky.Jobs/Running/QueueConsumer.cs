using System.Collections.Concurrent;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Jobs.Running;

/// <summary>Takes jobs from one queue while there are free slots, and sees each to its settlement.</summary>
internal sealed class QueueConsumer(
    string queue,
    QueueStore store,
    RedisGuard guard,
    RedisClock clock,
    JobFetcher fetcher,
    JobRunner runner,
    Slots slots,
    SlotShare share,
    JobWorkerOptions options,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Slots to fill by one fetch: shares the round trip, and keeps one queue from taking every slot at once.</summary>
    private const int FetchSize = 64;

    /// <summary>How long a job that was fetched ahead may wait before it goes back.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(1);

    private readonly HeldJobs held = new();
    private readonly WaitingJobs waiting = new(options.MaxPrefetch, options.Lease / 2 < LongestPatience ? options.Lease / 2 : LongestPatience, time);
    private readonly WakeUp wakeUp = new(time);

    /// <summary>Handed out to this worker with the message that woke it.</summary>
    private readonly ConcurrentQueue<DeliveredJob> delivered = new();

    /// <summary>Time since Redis last answered this queue.</summary>
    public TimeSpan SinceLastAnswer => guard.SinceLastAnswer;

    /// <summary>Jobs of the queue that this worker holds now.</summary>
    public int Running => held.Count;

    /// <summary>The doorbell. Thread-safe.</summary>
    /// <param name="message">A job that was handed out to this worker; "reap" when jobs were handed back and can be taken over at once; else empty.</param>
    public void Ring(RedisValue message)
    {
        if (DeliveredJob.Read(message, queue) is { } delivery)
        {
            delivered.Enqueue(delivery);
            slots.Nudge(share);
        }
        else if (message == "reap")
        {
            fetcher.TakeOverSoon();
        }
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
        var leases = new LeaseKeeper(queue, store, guard, held, options.Lease, time, logger);
        var settler = new Settler(store, guard, held, leases, options.DeadCapacity, giveUp);
        var access = new RedisQueueAccess(store, guard, clock, options.Lease / 3, time, logger, giveUp);
        var keeping = leases.RunAsync(stopLeases.Token);
        var settling = settler.RunAsync();
        var runs = new JobRuns(runner, settler, access, slots, share, waiting);
        var handBack = new HandBack(queue, store, held, options.Lease, time, logger);
        waiting.OnLow = () => slots.Nudge(share);
        // Should no slot come free for long, what was fetched ahead must not wait for one.
        var looking = time.CreateTimer(_ => NudgeIfLate(), null, LongestPatience / 2, LongestPatience / 2);
        await using var _ = looking.ConfigureAwait(false);
        try
        {
            await guard.CreateGroupsAsync(stop).ConfigureAwait(false);
            await ClaimAsync(runs, handBack, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host is stopping: no more jobs are taken.
        }
        await handBack.UnstartedAsync(waiting.TakeAll()).ConfigureAwait(false);
        await RetireAsync(giveUp).ConfigureAwait(false);
        await handBack.UnstartedAsync(held.Add([.. delivered.Select(delivery => delivery.Job)], fetcher.LeaseEnd)).ConfigureAwait(false);
        await held.WhenEndedAsync().WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await handBack.RestAsync().ConfigureAwait(false);
        settler.Finish();
        await settling.ConfigureAwait(false);
        await stopLeases.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
    }

    private async Task ClaimAsync(JobRuns runs, HandBack handBack, CancellationToken stop)
    {
        var rung = false;
        while (true)
        {
            if (await StartDeliveredAsync(runs, handBack, stop).ConfigureAwait(false))
                rung = false;
            var free = !rung && RoomAhead() > 0 ? slots.TryTake(share, FetchSize) : await TakeSlotsAsync(rung, stop).ConfigureAwait(false);
            var started = 0;
            var wait = TimeSpan.Zero;
            try
            {
                await HandBackLateAsync(handBack).ConfigureAwait(false);
                started = Math.Min(free, waiting.Count);
                runs.Open(started);
                if (started < free)
                    started += await StartAsync(new Fetched(await fetcher.TakeOverAsync(free - started, stop).ConfigureAwait(false), MindCancelled: true), free - started, runs, stop).ConfigureAwait(false);
                var ahead = RoomAhead();
                if (free - started + ahead > 0)
                {
                    var (fetched, untilDue) = await fetcher.FetchAsync(free - started, ahead, stop).ConfigureAwait(false);
                    started += await StartAsync(fetched, free - started, runs, stop).ConfigureAwait(false);
                    wait = fetcher.UntilNextLook(untilDue);
                }
            }
            finally
            {
                if (started < free)
                    slots.Return(share, free - started);
            }
            rung = false;
            if (started > 0 || free == 0)
                continue;
            slots.Rest(share);
            rung = await wakeUp.WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Starts what came with the bell; where there is no slot for it any more, it goes back.</summary>
    /// <returns>False: nothing came.</returns>
    private async Task<bool> StartDeliveredAsync(JobRuns runs, HandBack handBack, CancellationToken stop)
    {
        var any = false;
        while (delivered.TryDequeue(out var delivery))
        {
            any = true;
            fetcher.Delivered(delivery);
            var free = slots.TryTake(share, 1);
            var started = 0;
            try
            {
                if (free > 0)
                    started = await StartAsync(new Fetched([delivery.Job], MindCancelled: false), free, runs, stop).ConfigureAwait(false);
                else
                    await HandBackAsync(handBack, held.Add([delivery.Job], fetcher.LeaseEnd)).ConfigureAwait(false);
            }
            finally
            {
                if (started < free)
                    slots.Return(share, free - started);
            }
        }
        return any;
    }

    /// <summary>How many more than there are free slots for to fetch now.</summary>
    private int RoomAhead() => fetcher.MayFetchAhead ? waiting.Room() : 0;

    /// <param name="rung">Whether this worker was woken for a job. If it has no room now, another is woken in its stead.</param>
    private async Task<int> TakeSlotsAsync(bool rung, CancellationToken stop)
    {
        if (slots.TryTake(share, FetchSize) is > 0 and var free)
            return free;
        if (rung)
            await guard.CallAsync(store.PassOnAsync, stop).ConfigureAwait(false);
        return await slots.TakeAsync(share, FetchSize, stop).ConfigureAwait(false);
    }

    private void NudgeIfLate()
    {
        if (waiting.Count > 0)
            slots.Nudge(share);
    }

    private async Task HandBackLateAsync(HandBack handBack)
    {
        if (waiting.TakeLate() is { Length: > 0 } late)
            await HandBackAsync(handBack, late).ConfigureAwait(false);
    }

    private async Task HandBackAsync(HandBack handBack, RunningJob[] jobs)
    {
        await handBack.UnstartedAsync(jobs).ConfigureAwait(false);
        // Where no other worker has room, this one takes them again when it has.
        fetcher.TakeOverSoon();
    }

    /// <returns>The slots that are used now; the other jobs wait for one.</returns>
    private async Task<int> StartAsync(Fetched fetched, int free, JobRuns runs, CancellationToken stop)
    {
        if (fetched.Jobs.Length == 0)
            return 0;
        var jobs = held.Add(fetched.Jobs, fetcher.LeaseEnd);
        if (fetched.MindCancelled)
            await StopCancelledAsync(jobs, stop).ConfigureAwait(false);
        JobsTelemetry.Consumed.Add(jobs.Length, JobsTelemetry.Tags(queue, "receive"));
        // What comes after the worker was told to stop goes back with all that has not started.
        var stopping = stop.IsCancellationRequested;
        var used = stopping ? 0 : Math.Min(free, jobs.Length);
        waiting.Add(jobs, used);
        runs.Open(used);
        if (stopping)
            stop.ThrowIfCancellationRequested();
        return used;
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
        }
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
}
