using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Tests.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>A worker process, one command at a time: what it holds, and how far it came with each.</summary>
internal sealed class Worker
{
    private readonly World world;
    private readonly TimeSpan wrongBy;
    private readonly RedisClock clock;

    public Worker(World world, string name, TimeSpan wrongBy)
    {
        this.world = world;
        this.wrongBy = wrongBy;
        Name = name;
        Store = new QueueStore(world.Theatre.Redis, world.Keys, world.Queue, name);
        clock = new RedisClock(new StoryClock(() => world.Timeline.Passed, wrongBy));
    }

    public string Name { get; }

    public QueueStore Store { get; }

    /// <summary>From hand-out until the worker knows that it is settled or lost.</summary>
    public List<HeldJob> Held { get; } = [];

    /// <summary>Takes note of what a look told of the time. The story's time is ahead of Redis's by what has passed in the story.</summary>
    public void Hear(DateTimeOffset now)
    {
        clock.Set(now + world.Timeline.Passed);
        KnowsTheTime = true;
    }

    public bool KnowsTheTime { get; private set; }

    public void Take(IReadOnlyList<ClaimedJob> jobs, IReadOnlyList<Claim> claims, bool mindCancelled)
    {
        for (var i = 0; i < jobs.Count; i++)
            Held.Add(new HeldJob(new RunningJob(jobs[i]), claims[i]) { Mind = mindCancelled, RenewedAt = world.Model.Now });
    }

    /// <summary>Asks which of the held jobs were cancelled, and stops them.</summary>
    public async Task MindCancelledAsync(IReadOnlyList<HeldJob> jobs)
    {
        if (jobs.Count == 0)
            return;
        var cancelled = await Store.CancelledAsync([.. jobs.Select(job => job.Running.Claimed)]);
        World.Same(jobs.Where(job => world.Model.IsMarked(job.Claim.Job.Id)).Select(job => job.Claim.Job.Id),
            cancelled.Select(world.NameOf), "What was cancelled");
        foreach (var job in jobs)
        {
            job.Mind = false;
            if (cancelled.Contains(job.Running.Claimed.Id))
                job.Running.Stop(StopReason.Cancelled);
        }
    }

    /// <summary>
    /// The time at which a job expires is in its own text, where <see cref="Timeline"/> cannot move it back; so the clock that it is
    /// compared with is ahead by what has passed since the text was written.
    /// </summary>
    private RedisClock ClockFor(ModelJob job)
    {
        var since = job.SentAt * Terms.Unit;
        var its = new RedisClock(new StoryClock(() => world.Timeline.Passed - since, wrongBy));
        its.Set(clock.Now - since);
        return its;
    }

    /// <summary>Runs it as a worker does, up to the moment when the outcome is to be recorded.</summary>
    /// <param name="death">Where the process dies, if it carries a workflow on and comes so far.</param>
    /// <returns>False: it died.</returns>
    public async Task<bool> RunAsync(HeldJob job, Ending ending, int delay, Death death)
    {
        if (job.Mind)
            await MindCancelledAsync([job]);
        var stage = world.Theatre.Stage;
        (stage.Next, stage.Delay) = (ending, delay);
        var crash = new Crash(death.At, death.After);
        world.Theatre.Witness.Watch(world, crash);
        // The story's time is not that of timestamps.
        job.Running.LeaseEnd = job.MayStart(world.Model.Now) ? long.MaxValue : 0;
        var (runs, expected) = (stage.Runs, Expectation.Of(world.Model, job, ending, delay));
        var outcome = await world.Theatre.Runner.RunAsync(job.Running, Theatre.Access(Store, world.Queue, ClockFor(job.Claim.Job)));
        if (world.Theatre.Witness.Broken is { } broken)
            throw broken;
        world.Say($"{Name}: {job.Claim.Job.Id} {(crash.Happened ? "kills it" : $"{expected}")}");
        if (crash.Happened)
        {
            world.Meet("run: dies");
            return false;
        }
        World.Same(expected, Expectation.Of(outcome, job.Claim, stage.Runs > runs), $"The run of {job.Claim.Job.Id}");
        world.Meet($"run: {expected.State?.ToString() ?? "lost"}");
        Laws.CheckRun(world, job.Claim, stage.Runs > runs);
        if (outcome.IsAbandoned)
            Held.Remove(job);
        else
            (job.Outcome, job.Expected) = (outcome, expected);
        return true;
    }
}

/// <summary>Where a process dies that carries a workflow on.</summary>
/// <param name="At">The number of its call, from 0. Negative: nowhere.</param>
/// <param name="After">Whether that call still arrives.</param>
internal sealed record Death(int At, bool After);

/// <summary>A job that a worker holds.</summary>
/// <param name="Running">As it really is.</param>
/// <param name="Claim">In the model.</param>
internal sealed record HeldJob(RunningJob Running, Claim Claim)
{
    /// <summary>The hour in which its lease was last renewed.</summary>
    public int RenewedAt { get; set; }

    /// <summary>Whether its lease holds, as far as its worker knows by itself.</summary>
    public bool MayStart(int now) => now - RenewedAt < Terms.Lease;

    /// <summary>Whether it has to be asked first whether the job was cancelled.</summary>
    public bool Mind { get; set; }

    /// <summary>Null: it did not run yet.</summary>
    public JobOutcome? Outcome { get; set; }

    public Expectation? Expected { get; set; }
}
