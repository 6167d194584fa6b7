using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Runs a held job up to its outcome: whether it may start, its start, its handler.</summary>
internal sealed record Run(int Worker, int Which, Ending Ending, int Delay, Death Death) : Step
{
    private static readonly Death Nowhere = new(-1, After: false);

    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, job => job.Outcome is null) is { } worker && Pick([.. worker.Held.Where(job => job.Outcome is null)], Which) is { } job
            && !await worker.RunAsync(job, Ending, Delay, Death))
            world.Workers[Array.IndexOf(world.Workers, worker)] = world.NewWorker();
    }

    public override IEnumerable<Step> Simpler() => new[] { this with { Ending = Ending.Succeed }, this with { Death = Nowhere } }.Where(simpler => simpler != this);
}

/// <summary>Records an outcome. If the reply is lost the worker keeps it, and records it again some time.</summary>
internal sealed record Settle(int Worker, int Which, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, job => job.Outcome is not null) is not { } worker || Pick([.. worker.Held.Where(job => job.Outcome is not null)], Which) is not { } job)
            return;
        await SettleAsync(world, worker, job);
        if (Hearing == Hearing.Repeated)
            await SettleAsync(world, worker, job);
        if (Hearing != Hearing.Lost)
            worker.Held.Remove(job);
    }

    public override IEnumerable<Step> Simpler() => Hearing == Hearing.Heard ? [] : [this with { Hearing = Hearing.Heard }];

    public static async Task SettleAsync(World world, Worker worker, HeldJob job)
    {
        var (claim, expected) = (job.Claim, job.Expected!);
        if (job.Outcome!.Value.Settlement is not { } settlement)
        {
            var refused = await worker.Store.CompleteAsync([job.Running.Claimed]);
            world.Meet(refused.Length == 0 ? "complete: done" : "complete: refused");
            World.Same(world.Model.Complete(claim), refused.Length == 0, $"Whether {worker.Name} may complete {claim.Job.Id}");
            return;
        }
        var reply = await worker.Store.SettleAsync(job.Running.Claimed, settlement, Terms.DeadCapacity);
        world.Say($"{worker.Name}: {claim.Job.Id} {reply}");
        world.Meet($"settle: {reply}");
        World.Same(world.Model.Settle(claim, expected.State!.Value, expected.Attempts, expected.Delay), reply, $"The settling of {claim.Job.Id} by {worker.Name}");
        if (reply == SettleReply.Settled && expected.Delay is { } delay)
            world.NotBefore[claim.Job.Id] = world.Model.Now + delay;
        if (reply == SettleReply.Cancelled)
        {
            job.Outcome = new JobOutcome(settlement with { State = JobState.Cancelled, Delay = null });
            job.Expected = expected with { State = JobState.Cancelled, Delay = null };
            await SettleAsync(world, worker, job);
        }
    }
}

/// <summary>Records all plain successes that a worker has, a batch for each priority, as the settler does.</summary>
internal sealed record Complete(int Worker, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, job => job.Outcome is { Settlement: null }) is not { } worker)
            return;
        HeldJob[] done = [.. worker.Held.Where(job => job.Outcome is { Settlement: null })];
        foreach (var stream in done.GroupBy(job => job.Running.Claimed.Priority))
        {
            for (var calls = Hearing == Hearing.Repeated ? 2 : 1; calls > 0; calls--)
            {
                var refused = await worker.Store.CompleteAsync([.. stream.Select(job => job.Running.Claimed)]);
                World.Same(stream.Where(job => !world.Model.Complete(job.Claim)).Select(job => job.Running.Claimed.EntryId), refused, $"What {worker.Name} may not complete");
            }
        }
        if (Hearing != Hearing.Lost)
            worker.Held.RemoveAll(done.Contains);
    }
}

/// <summary>Renews all leases of a worker, and gives up what it has lost, unless that is being recorded.</summary>
internal sealed record Heartbeat(int Worker) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, _ => true) is not { } worker)
            return;
        foreach (var stream in worker.Held.ToArray().GroupBy(job => job.Running.Claimed.Priority))
        {
            var lost = await worker.Store.HeartbeatAsync([.. stream.Select(job => job.Running.Claimed)]);
            World.Same(stream.Where(job => !job.Claim.Holds).Select(job => job.Running.Claimed.EntryId), lost, $"What {worker.Name} has lost");
            foreach (var job in stream)
            {
                world.Model.Renew(job.Claim);
                if (job.Claim.Holds)
                    job.RenewedAt = world.Model.Now;
                world.Meet(job.Claim.Holds ? "heartbeat: renewed" : "heartbeat: lost");
                if (!job.Claim.Holds && job.Outcome is null)
                    worker.Held.Remove(job);
            }
        }
    }
}

/// <summary>Hears of cancellations, for what did not run yet and for what did.</summary>
internal sealed record HearCancelled(int Worker) : Step
{
    public override Task RunAsync(World world) => Pick(world.Workers, Worker)! is var worker ? worker.MindCancelledAsync([.. worker.Held.Where(job => job.Outcome is null)]) : Task.CompletedTask;
}

internal sealed record Progress(int Worker, int Which) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, _ => true) is not { } worker || Pick(worker.Held, Which) is not { } job)
            return;
        var heard = await worker.Store.ProgressAsync(job.Running.Claimed, "{}", job.Claim.Job.Wishes.Tracked);
        World.Same(world.Model.Progress(job.Claim), heard, $"Whether {worker.Name} may report progress of {job.Claim.Job.Id}");
    }
}

/// <summary>Hands back what it fetched ahead and did not start, for others have nothing to do. That costs the jobs no delivery.</summary>
internal sealed record HandBack(int Worker, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Busy(world, Worker, job => job.Outcome is null) is not { } worker)
            return;
        HeldJob[] ahead = [.. worker.Held.Where(job => job.Outcome is null)];
        await PlayAsync(world, worker, ahead, Hearing);
        worker.Held.RemoveAll(ahead.Contains);
    }

    public static async Task PlayAsync(World world, Worker worker, IEnumerable<HeldJob> jobs, Hearing hearing)
    {
        foreach (var stream in jobs.GroupBy(job => job.Running.Claimed.Priority))
        {
            for (var calls = hearing == Hearing.Repeated ? 2 : 1; calls > 0; calls--)
            {
                var released = await worker.Store.ReleaseAsync([.. stream.Select(job => job.Running.Claimed)]);
                world.Meet(released > 0 ? "hand back: done" : "hand back: refused");
                World.Same(stream.Count(job => job.Claim.Holds), released, $"What {worker.Name} may hand back");
                foreach (var job in stream)
                    world.Model.HandBack(job.Claim);
            }
        }
    }
}

/// <summary>Stops in good order: hands everything back and leaves. Another process takes its place.</summary>
internal sealed record Stop(int Worker, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        var worker = Pick(world.Workers, Worker)!;
        await worker.Store.RetireAsync();
        await HandBack.PlayAsync(world, worker, worker.Held, Hearing);
        await worker.Store.RemoveConsumersAsync(leaving: true);
        world.Model.Leave(worker.Name);
        world.Workers[Worker % world.Workers.Length] = world.NewWorker();
    }
}

/// <summary>Is killed: it never speaks again. Another process takes its place.</summary>
internal sealed record Die(int Worker) : Step
{
    public override Task RunAsync(World world)
    {
        world.Workers[Worker % world.Workers.Length] = world.NewWorker();
        return Task.CompletedTask;
    }
}
