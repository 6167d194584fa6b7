using Flasky.Jobs;
using FsCheck;
using FsCheck.Fluent;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>How stories are made up.</summary>
internal static class Stories
{
    private static readonly Gen<int> Any = Gen.Choose(0, 99);
    private static readonly Gen<JobPriority> Priority = Gen.Elements(Enum.GetValues<JobPriority>());
    private static readonly Gen<Hearing> Heard = Gen.Frequency((6, Gen.Constant(Hearing.Heard)), (1, Gen.Constant(Hearing.Lost)), (1, Gen.Constant(Hearing.Repeated)));
    private static readonly Gen<bool> Coin = Gen.Elements(true, false);

    private static readonly Gen<Wishes> Plain = Gen.Constant(new Wishes());

    private static readonly Gen<Wishes> Various =
        from priority in Gen.Frequency((2, Gen.Constant(JobPriority.Normal)), (1, Priority))
        from delay in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from tracked in Coin
        from expires in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, Gen.Choose(1, 4).Select(hours => (int?)hours)))
        from unique in Gen.Frequency((1, Gen.Constant<string?>(null)), (1, Gen.Elements(Names.Uniques).Select(name => (string?)name)))
        from until in Gen.Elements(Enum.GetValues<UniqueUntil>())
        select new Wishes { Priority = priority, Delay = delay, Tracked = tracked, Expires = expires, Unique = unique, Until = unique is null ? default : until };

    /// <summary>All of one series are of one type, so all or none are tracked.</summary>
    private static readonly Gen<Wishes> Debounced =
        from series in Gen.Elements(Names.Series)
        from delay in Gen.Choose(1, 3)
        select new Wishes { Debounce = series, Delay = delay, Tracked = series == Names.Series[1] };

    /// <summary>Nothing but a delay: the way of many jobs at once.</summary>
    private static readonly Gen<Wishes> Delayed = Gen.Choose(1, 3).Select(delay => new Wishes { Delay = delay });

    /// <summary>In a lane; the time at which a job expires is in its text, where the look that gives turns would read it, and time cannot pass for it.</summary>
    private static readonly Gen<Wishes> InLane =
        from wishes in Gen.Frequency((2, Plain), (1, Various))
        from key in Gen.Frequency((5, Gen.Elements(Names.LimitKeys).Select(key => (string?)key)), (1, Gen.Constant<string?>(null)))
        from limited in Gen.Frequency((key is null ? 0 : 2, Gen.Constant(false)), (1, Gen.Constant(true)))
        select wishes with { Key = key, Limited = limited, Expires = null };

    private static readonly Gen<Wishes> Wished = Gen.Frequency((2, Plain), (6, Various), (1, Delayed), (2, Debounced), (4, InLane));

    private static readonly Gen<Death> Dying = Gen.Frequency(
        (3, Gen.Constant(new Death(-1, After: false))), (1, from at in Gen.Choose(0, 5) from after in Coin select new Death(at, after)));

    private static readonly Gen<Step> Flowing = Gen.Frequency(
        (3, from form in Gen.Elements(Enum.GetValues<Form>()) from members in Gen.Choose(1, 3) from policy in Gen.Elements(Enum.GetValues<WorkflowFailurePolicy>())
            from priority in Gen.Frequency((3, Gen.Constant(JobPriority.Normal)), (1, Priority)) from tracked in Coin
            from delay in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
            select (Step)new StartWorkflow(form, members, policy, new Wishes { Priority = priority, Tracked = tracked, Delay = delay })),
        (1, from which in Any from death in Dying select (Step)new CancelWorkflow(which, death)));

    private static readonly Gen<Step> Enqueued = Gen.Frequency(
        (4, from producer in Any from wishes in Wished from now in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false))) select (Step)new Send(producer, wishes, now)),
        (2, from which in Any select (Step)new SendAgain(which)),
        (4, from producer in Any from wishes in Wished select (Step)new Enqueue(producer, wishes)),
        (1, from producer in Any from count in Gen.Choose(2, 5) from priority in Priority select (Step)new EnqueueMany(producer, count, priority)));

    private static readonly Gen<Step> HandedOut = Gen.Frequency(
        (5, from worker in Any from count in Gen.Choose(1, 4) from turn in Priority from heard in Heard select (Step)new Look(worker, count, turn, heard)),
        (1, from worker in Any from count in Gen.Choose(1, 4) from priority in Priority from heard in Heard select (Step)new Read(worker, count, priority, heard)),
        (3, from worker in Any from count in Gen.Choose(1, 4) from heard in Heard select (Step)new Reap(worker, count, heard)));

    private static readonly Gen<Step> Worked = Gen.Frequency(
        (6, from worker in Any from which in Any from ending in Gen.Elements(Enum.GetValues<Ending>()) from delay in Gen.Choose(1, 3) from death in Dying
            select (Step)new Run(worker, which, ending, delay, death)),
        (5, from worker in Any from which in Any from heard in Heard select (Step)new Settle(worker, which, heard)),
        (2, from worker in Any from heard in Heard select (Step)new Complete(worker, heard)),
        (1, from worker in Any select (Step)new Heartbeat(worker)),
        (1, from worker in Any select (Step)new HearCancelled(worker)),
        (1, from worker in Any from which in Any select (Step)new Progress(worker, which)),
        (1, from worker in Any from heard in Heard select (Step)new HandBack(worker, heard)),
        (1, from worker in Any from heard in Heard select (Step)new Stop(worker, heard)),
        (1, from worker in Any select (Step)new Die(worker)));

    private static readonly Gen<ModelLimit?> Limit = Gen.Frequency(
        (2, Gen.Constant<ModelLimit?>(null)),
        (4, from most in Gen.Frequency((3, Gen.Choose(1, 2).Select(most => (int?)most)), (1, Gen.Constant<int?>(null)))
            from every in Gen.Frequency((most is null ? 0 : 2, Gen.Constant<int?>(null)), (1, Gen.Choose(1, 3).Select(every => (int?)every)))
            from burst in Gen.Choose(1, 2)
            select (ModelLimit?)new ModelLimit(most, every, burst)));

    private static readonly Gen<Step> Managed = Gen.Frequency(
        (3, from which in Any from live in Gen.Frequency((2, Gen.Constant(true)), (1, Gen.Constant(false))) from heard in Heard select (Step)new Cancel(which, live, heard)),
        (1, Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false))).Select(paused => (Step)new Pause(paused))),
        (4, from which in Any from limit in Limit select (Step)new LimitStep(which, limit)),
        (2, from which in Any select (Step)new Retry(which)),
        (2, Gen.Frequency(
            (3, Gen.Constant((Step)new RetryDead())),
            (1, Gen.Constant((Step)new DeleteDead())),
            (1, Gen.Elements(JobState.Ready, JobState.Scheduled, JobState.Retrying, JobState.Failed).Select(state => (Step)new Purge(state))))),
        (1, Gen.Constant((Step)new ForgetScripts())),
        (8, Gen.Frequency((5, Gen.Constant(1)), (5, Gen.Choose(2, 4)), (1, Gen.Choose(5, 13))).Select(hours => (Step)new Wait(hours))));

    private static readonly Gen<Step> Scheduled = Gen.Frequency(
        (2, from which in Any from interval in Gen.Choose(1, 3) from version in Gen.Choose(0, 1) select (Step)new SetRecurring(which, interval, version)),
        (4, from scheduler in Any select (Step)new SeeDue(scheduler)),
        (4, from scheduler in Any from which in Any from forget in Coin select (Step)new Tick(scheduler, which, forget)),
        (1, from which in Any from paused in Coin select (Step)new PauseRecurring(which, paused)),
        (1, from which in Any select (Step)new RemoveRecurring(which)));

    /// <summary>Few new jobs and much work on them: what is hard to get right happens to a job that has been through something.</summary>
    private static readonly Gen<Step> Command = Gen.Frequency((4, Enqueued), (1, Flowing), (6, HandedOut), (10, Worked), (5, Managed), (3, Scheduled));

    public static Arbitrary<Story> All { get; } = Arb.From(
        Gen.Sized(size => Gen.Choose(size / 2, size)).SelectMany(length => Command.ArrayOf(length)).Select(steps => new Story(steps)),
        Story.Shrink);
}
