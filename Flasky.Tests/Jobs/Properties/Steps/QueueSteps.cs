using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Cancels a job that has not ended, or any that there ever was.</summary>
internal sealed record Cancel(int Which, bool Live, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        var jobs = world.Enqueued;
        if (Live)
            jobs = [.. jobs.Where(sent => world.Model.Live.Any(job => job.Id == sent.Id))];
        if (Pick(jobs, Which) is not { } job)
            return;
        for (var calls = Hearing == Hearing.Repeated ? 2 : 1; calls > 0; calls--)
        {
            var reply = await world.Theatre.Tracking.CancelAsync(world.IdOf(job.Id), TestContext.Current.CancellationToken);
            world.Say($"{job.Id} {reply}");
            world.Meet($"cancel: {reply}");
            World.Same(world.Model.Cancel(job), reply, $"The cancelling of {job.Id}");
            if (reply == JobCancellation.Cancelled)
                world.Promised.Add(job.Id);
        }
    }
}

internal sealed record Wait(int Hours) : Step
{
    public override async Task RunAsync(World world)
    {
        await world.Timeline.AdvanceAsync(Hours);
        world.Model.Advance(Hours);
    }

    public override IEnumerable<Step> Simpler() => Hours > 1 ? [this with { Hours = Hours - 1 }] : [];
}

internal sealed record ForgetScripts : Step
{
    public override Task RunAsync(World world) => world.Theatre.ForgetScriptsAsync();
}
