using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed record Pause(bool On) : Step
{
    public override async Task RunAsync(World world)
    {
        var operations = world.Theatre.Operations;
        var changed = await (On ? operations.PauseAsync(world.Queue, TestContext.Current.CancellationToken) : operations.ResumeAsync(world.Queue, TestContext.Current.CancellationToken));
        World.Same(world.Model.Paused != On, changed, "Whether that changed the pause");
        world.Model.Paused = On;
    }
}

/// <summary>Makes a job ready at once, wherever it waits or died.</summary>
internal sealed record Retry(int Which) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Pick([.. world.Enqueued.Where(job => world.Model.IsKept(job.Id))], Which) is not { } job)
            return;
        var done = await world.Theatre.Operations.RetryAsync(world.IdOf(job.Id), TestContext.Current.CancellationToken);
        World.Same(world.Model.Retry(job.Id), done, $"The retrying of {job.Id}");
        world.NotBefore.Remove(job.Id);
        world.Say($"{job.Id} {done}");
        world.Meet(done.Retried > 0 ? "retry: done" : "retry: refused");
    }
}

internal sealed record RetryDead : Step
{
    public override async Task RunAsync(World world)
    {
        var done = await world.Theatre.Operations.RetryDeadAsync(world.Queue, cancellationToken: TestContext.Current.CancellationToken);
        World.Same(world.Model.RetryDead(), done, "The retrying of the dead");
        if (done.Retried > 0)
            world.Meet("retry dead: done");
        if (done.Refused > 0)
            world.Meet("retry dead: refused");
    }
}

internal sealed record DeleteDead : Step
{
    public override async Task RunAsync(World world)
    {
        var deleted = await world.Theatre.Operations.DeleteDeadAsync(world.Queue, cancellationToken: TestContext.Current.CancellationToken);
        World.Same(world.Model.DeleteDead().Count, deleted, "How many dead jobs are deleted");
        if (deleted > 0)
            world.Meet("delete dead: done");
    }
}

/// <summary>Removes all jobs of a state. None of them may run after that.</summary>
internal sealed record Purge(JobState State) : Step
{
    public override async Task RunAsync(World world)
    {
        var removed = await world.Theatre.Operations.PurgeAsync(world.Queue, [State], TestContext.Current.CancellationToken);
        var expected = world.Model.Purge(State);
        World.Same(expected.Count, removed, $"How many {State} jobs are removed");
        world.Say(string.Join(", ", expected));
        world.Promised.UnionWith(expected);
        if (removed > 0)
            world.Meet($"purge: {State}");
        if (State == JobState.Ready && world.Enqueued.Any(job => job.Wishes.Lane is not null && expected.Contains(job.Id)))
            world.Meet("purge: in a lane");
    }
}
