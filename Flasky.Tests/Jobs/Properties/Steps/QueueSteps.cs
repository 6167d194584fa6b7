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
            world.Cancelled(job, await world.Theatre.Tracking.CancelAsync(world.IdOf(job.Id), TestContext.Current.CancellationToken));
        }
    }
}

internal sealed record Wait(int Hours) : Step
{
    public override async Task RunAsync(World world)
    {
        // As with an envelope that is sent again: beyond the window nobody may repeat what begins a job of a workflow.
        var hours = Math.Min(Hours, world.Model.MostWait);
        if (hours > 0)
            await PassAsync(world, hours);
    }

    public static async Task PassAsync(World world, int hours)
    {
        await world.Timeline.AdvanceAsync(hours);
        world.Model.Advance(hours);
    }

    public override IEnumerable<Step> Simpler() => Hours > 1 ? [this with { Hours = Hours - 1 }] : [];
}

internal sealed record ForgetScripts : Step
{
    public override Task RunAsync(World world) => world.Theatre.ForgetScriptsAsync();
}
