using Flasky.Jobs;
using Flasky.Jobs.Recurring;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Sets a recurring job; its name says what becomes of its missed ticks.</summary>
/// <param name="Version">Two versions differ in their arguments.</param>
internal sealed record SetRecurring(int Which, int Interval, int Version) : Step
{
    public override async Task RunAsync(World world)
    {
        var name = Pick(Names.Recurring, Which)!;
        var definition = Definition(name, Interval, Version);
        var (now, _) = await world.Recurring.ListAsync(name);
        await world.Recurring.SetAsync(name, definition, now + (Interval * Terms.Unit), declared: false);
        world.Model.Set(name, Interval, definition.MissedTicks, (Interval * 10) + Version);
    }

    private static RecurringDefinition Definition(string name, int interval, int version) => new()
    {
        When = JobSchedule.Every(interval * Terms.Unit).ToString()!,
        Job = "property.play",
        Arguments = $$"""{"number":{{version}}}""",
        MissedTicks = name switch { "all" => MissedTicks.RunAll, "skip" => MissedTicks.Skip, _ => MissedTicks.RunOnce },
        MaxMissed = Terms.MaxMissed,
        MissedAfterMs = (long)(Terms.Unit / 2).TotalMilliseconds,
    };
}

/// <summary>A scheduler sees what is due, and acts on it (or not) later.</summary>
internal sealed record SeeDue(int Scheduler) : Step
{
    public override async Task RunAsync(World world)
    {
        var due = await world.Recurring.DueAsync(64);
        var passed = world.Timeline.Passed;
        World.Same(world.Model.Schedules.Where(name => world.Model.Find(name)!.Next <= world.Model.Now), due.Jobs.Select(job => job.Name), "What is due");
        Pick(world.Schedulers, Scheduler)!.Due.AddRange(due.Jobs.Select(job => world.Model.Find(job.Name)! is var schedule
            ? new SeenDue(job with { Tick = job.Tick + passed }, due.Now + passed, schedule.Next!.Value, schedule.Version, world.Model.Now) : null!));
    }
}

/// <summary>A scheduler moves on what it saw due, however old that is. It forgets it only if told to, so ticks are repeated.</summary>
internal sealed record Tick(int Scheduler, int Which, bool Forget) : Step
{
    public override async Task RunAsync(World world)
    {
        var scheduler = Pick(world.Schedulers, Scheduler)!;
        if (Pick(scheduler.Due, Which) is not { } seen)
            return;
        var definition = RecurringDefinition.Read(seen.Due.Definition);
        var ticks = DueTicks.Of(JobSchedule.Parse(definition.When), definition, seen.Due.Tick, seen.Now);
        var passed = world.Timeline.Passed;
        using var sending = new TickSending(world.Queue, seen.Due.Name, definition, ticks.Run, seen.Now);
        var moved = await world.Recurring.TickAsync(seen.Due with { Tick = seen.Due.Tick - passed },
            new DueTicks([.. ticks.Run.Select(tick => tick - passed)], ticks.Next - passed), sending.Jobs, definition);
        var run = world.Model.Tick(seen.Due.Name, seen.Tick, seen.Version, seen.SeenAt);
        World.Same(run is not null, moved, $"Whether {seen.Due.Name} ticks");
        world.Meet(!moved ? "tick: late" : run!.Count == 0 ? "tick: skipped" : "tick: enqueued");
        if (moved)
            world.Ticked(seen.Due.Name, run!, sending.Jobs);
        if (Forget)
            scheduler.Due.Remove(seen);
    }
}

internal sealed record PauseRecurring(int Which, bool On) : Step
{
    public override async Task RunAsync(World world)
    {
        var name = Pick(Names.Recurring, Which)!;
        if (On)
        {
            World.Same(world.Model.Pause(name), await world.Recurring.PauseAsync(name), $"Whether {name} can be paused");
            return;
        }
        var (now, found) = await world.Recurring.ListAsync(name);
        if (found is not [var stored])
            return;
        var next = JobSchedule.Parse(RecurringDefinition.Read(stored.Definition).When).Next(now, now);
        World.Same(true, await world.Recurring.ResumeAsync(name, stored.Version, next), $"Whether {name} goes on");
        world.Model.Resume(name);
    }
}

internal sealed record RemoveRecurring(int Which) : Step
{
    public override async Task RunAsync(World world)
    {
        var name = Pick(Names.Recurring, Which)!;
        World.Same(world.Model.Remove(name), await world.Recurring.RemoveAsync(name), $"Whether {name} was there to be removed");
    }
}
