using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Makes an envelope as an outbox does, and sends it now or (with <see cref="SendAgain"/>) later.</summary>
internal sealed record Send(int Producer, Wishes Wishes, bool Now) : Step
{
    public override async Task RunAsync(World world)
    {
        var producer = Pick(world.Producers, Producer)!;
        var options = Wishes.Options(world.Queue);
        var envelope = Wishes.Limited ? producer.Create(new LimitedPlay(Producer), options) : producer.Create(new Play(Producer), options);
        var job = new ModelJob(world.NameOf($"{envelope.Id.Value:N}"), 0, Wishes, world.Model.Now + Wishes.Expires);
        world.NotBefore[job.Id] = Wishes.Debounce is null ? world.Model.Now + Wishes.Delay : 0;
        world.Sent.Add(new Sent(producer, envelope, job, world.Model.Now));
        world.Say($"{job.Id}");
        if (Now)
            await new SendAgain(world.Sent.Count - 1).RunAsync(world);
    }

    public override IEnumerable<Step> Simpler() => Plainer.Of(Wishes).Select(wishes => this with { Wishes = wishes });
}

/// <summary>
/// Sends an envelope for the first time or again, the whole of it as it is. A time in an envelope is told by the clock of who made it, so
/// who sends it must have the same clock; nothing else need agree.
/// </summary>
internal sealed record SendAgain(int Which) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Pick(world.Sent, Which) is not { } sent)
            return;
        // Longer than the window nobody may repeat it: by then it counts as new.
        if (sent.Once && !world.Model.Remembers(sent.Job.Id))
            return;
        world.Meet(sent.Once ? "send: again" : "send: first");
        sent.Once = true;
        world.Say($"{sent.Job.Id}");
        var delay = Math.Max(0, sent.CreatedAt + sent.Job.Wishes.Delay - world.Model.Now);
        await sent.Producer.SendAsync([sent.Envelope], TestContext.Current.CancellationToken);
        var there = world.Model.Enqueue(sent.Job, delay, mayBeRepeated: true);
        if (there != sent.Job.Id)
            world.PutOff(there, sent.Job.Wishes);
    }
}

/// <summary>Enqueues without a word of an id: nothing to repeat, and nothing to remember.</summary>
internal sealed record Enqueue(int Producer, Wishes Wishes) : Step
{
    public override async Task RunAsync(World world)
    {
        var (producer, options) = (Pick(world.Producers, Producer)!, Wishes.Options(world.Queue));
        var id = Wishes.Limited ? await producer.EnqueueAsync(new LimitedPlay(Producer), options, TestContext.Current.CancellationToken)
            : await producer.EnqueueAsync(new Play(Producer), options, TestContext.Current.CancellationToken);
        var isKnown = world.Knows($"{id.Value:N}");
        var name = world.NameOf($"{id.Value:N}");
        // Should there be another one instead, the id of this one is never seen; any name does.
        var job = new ModelJob(isKnown ? "#0" : name, 0, Wishes, world.Model.Now + Wishes.Expires);
        World.Same(world.Model.Enqueue(job, Wishes.Delay, mayBeRepeated: false), name, "The job that there is now");
        if (!isKnown)
        {
            world.NotBefore[name] = Wishes.Debounce is null ? world.Model.Now + Wishes.Delay : 0;
            world.Jobs[name] = job;
        }
        else
        {
            world.PutOff(name, Wishes);
        }
        world.Say(isKnown ? $"{name} instead" : name);
        world.Meet(isKnown ? "enqueue: another instead" : "enqueue: new");
    }

    public override IEnumerable<Step> Simpler() => Plainer.Of(Wishes).Select(wishes => this with { Wishes = wishes });
}

/// <summary>Enqueues many plain jobs in one script.</summary>
internal sealed record EnqueueMany(int Producer, int Count, JobPriority Priority) : Step
{
    public override async Task RunAsync(World world)
    {
        var wishes = new Wishes { Priority = Priority };
        var ids = await Pick(world.Producers, Producer)!.EnqueueManyAsync(
            Enumerable.Range(0, Count).Select(number => new Play(number)), wishes.Options(world.Queue), TestContext.Current.CancellationToken);
        foreach (var name in ids.Select(id => world.NameOf($"{id.Value:N}")))
        {
            world.Jobs[name] = new ModelJob(name, 0, wishes, null);
            world.Model.Enqueue(world.Jobs[name], 0, mayBeRepeated: false);
        }
    }
}

internal static class Plainer
{
    public static IEnumerable<Wishes> Of(Wishes wishes) => new[]
    {
        new Wishes(), wishes with { Priority = JobPriority.Normal }, wishes with { Tracked = false }, wishes with { Expires = null }, wishes with { Unique = null },
        wishes with { Key = null }, wishes with { Limited = false },
        wishes.Debounce is null ? wishes with { Delay = 0 } : wishes with { Debounce = null },
    }.Where(plainer => plainer != wishes).Distinct();
}
