using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>The end of every story: all processes are gone, one worker does what is left, and time passes.</summary>
internal static class Epilogue
{
    /// <summary>Enough for every delay and every lease of a story.</summary>
    private const int MostRounds = 40;

    private static readonly Death Never = new(-1, After: false);

    public static async Task PlayAsync(World world)
    {
        world.Begin(new Pause(On: false));
        await new Pause(On: false).RunAsync(world);
        foreach (var scope in LimitStep.Scopes)
            await new LimitStep(Array.IndexOf(LimitStep.Scopes, scope), null).RunAsync(world);
        for (var which = 0; which < Names.Recurring.Length; which++)
            await new RemoveRecurring(which).RunAsync(world);
        world.Workers[0] = world.NewWorker();
        for (var round = 0; !world.Model.IsEmpty; round++)
        {
            if (round == MostRounds)
                throw new StoryException($"These are still there after {round} rounds: {string.Join(", ", world.Model.Live.Select(job => job.Id))}.");
            await RoundAsync(world);
        }
        foreach (var (name, workflow) in world.Model.Workflows)
            Laws.CheckEnd(name, workflow);
        // A lane that lost its jobs goes at its next turn.
        await new Look(0, 100, JobPriority.Critical, Hearing.Heard).RunAsync(world);
        // A mark made by the last round lives longest.
        await Wait.PassAsync(world, 2 * Terms.MarkedFor);
        await new Reap(0, 1, Hearing.Heard).RunAsync(world);
        await world.CheckAsync();
        await NothingLeftAsync(world);
    }

    private static async Task RoundAsync(World world)
    {
        var worker = world.Workers[0];
        await Wait.PassAsync(world, Terms.Lease);
        await new Reap(0, 100, Hearing.Heard).RunAsync(world);
        await new Look(0, 100, JobPriority.Critical, Hearing.Heard).RunAsync(world);
        foreach (var job in worker.Held.ToArray())
        {
            await worker.RunAsync(job, Ending.Succeed, 1, Never);
            if (job.Outcome is not null)
                await Settle.SettleAsync(world, worker, job);
            // Which of two that died in one millisecond is the older one, only Redis knows; the model has to hear it before the older one is trimmed.
            if (job.Expected?.State == JobState.Failed)
                await world.CheckAsync();
        }
        worker.Held.Clear();
        await world.CheckAsync();
    }

    private static async Task NothingLeftAsync(World world)
    {
        string[] bounded = [":ready", ":ready:critical", ":ready:high", ":ready:low", ":ready:lanes", ":dead", ":dead:jobs", ":idle"];
        var left = (await world.Theatre.KeysLeftAsync(world.Queue)).Select(key => key[(key.IndexOf('}', StringComparison.Ordinal) + 1)..]).Except(bounded).ToArray();
        if (left.Length > 0)
            throw new StoryException($"After a drain and a long time these keys are left: {string.Join(", ", left)}.");
    }
}
