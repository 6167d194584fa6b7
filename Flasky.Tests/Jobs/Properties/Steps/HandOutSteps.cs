using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>A call that hands out jobs. If its reply is lost, they are the worker's without its knowing, until their lease runs out.</summary>
internal abstract record HandOut(int Worker, int Count, Hearing Hearing) : Step
{
    public override async Task RunAsync(World world)
    {
        var worker = Pick(world.Workers, Worker)!;
        for (var calls = Hearing == Hearing.Repeated ? 2 : 1; calls > 0; calls--)
        {
            var fetched = await CallAsync(world, worker);
            var claims = InModel(world.Model, worker.Name, [.. fetched.Jobs.Select(job => world.NameOf(job.Id))]);
            world.Say($"{worker.Name}: {string.Join(", ", claims.Select(claim => $"{claim.Job.Id} for the {claim.Delivery}. time"))}");
            if (!claims.Select(claim => (claim.Job.Id, claim.Delivery)).SequenceEqual(fetched.Jobs.Select(job => (world.NameOf(job.Id), job.Delivery))))
                throw new StoryException($"{worker.Name} was handed {string.Join(", ", fetched.Jobs.Select(job => world.NameOf(job.Id)))} for {string.Join(", ", claims.Select(claim => claim.Job.Id))}.");
            foreach (var claim in claims)
                world.Meet(claim.Delivery == 1 ? claim.Entry.HadTurn ? "hand out: its turn" : "hand out: first" : "hand out: again");
            if (calls == 1 && Hearing != Hearing.Lost)
                worker.Take(fetched.Jobs, claims, fetched.MindCancelled);
        }
    }

    public override IEnumerable<Step> Simpler() => Hearing == Hearing.Heard ? [] : [this with { Hearing = Hearing.Heard }];

    protected abstract Task<Fetched> CallAsync(World world, Worker worker);

    /// <param name="handed">What was handed out in fact, where chance may decide.</param>
    protected abstract IReadOnlyList<Claim> InModel(QueueModel model, string worker, IReadOnlyList<string> handed);
}

/// <param name="Turn">Which priority it begins with.</param>
internal sealed record Look(int Worker, int Count, JobPriority Turn, Hearing Hearing) : HandOut(Worker, Count, Hearing)
{
    protected override async Task<Fetched> CallAsync(World world, Worker worker)
    {
        var look = await worker.Store.LookAsync(Count, Order);
        worker.Hear(look.Now);
        World.Same(world.Model.Paused, look.IsPaused, "Whether the queue is paused");
        return look.Fetched;
    }

    protected override IReadOnlyList<Claim> InModel(QueueModel model, string worker, IReadOnlyList<string> handed) => model.Look(worker, Count, Order, handed);

    private JobPriority[] Order => [Turn, .. Enum.GetValues<JobPriority>().Where(priority => priority != Turn)];
}

/// <summary>A plain read of one stream, which only follows a look.</summary>
internal sealed record Read(int Worker, int Count, JobPriority Priority, Hearing Hearing) : HandOut(Worker, Count, Hearing)
{
    public override Task RunAsync(World world) => Pick(world.Workers, Worker)!.KnowsTheTime ? base.RunAsync(world) : Task.CompletedTask;

    protected override Task<Fetched> CallAsync(World world, Worker worker) => worker.Store.ReadAsync(Priority, Count);

    protected override IReadOnlyList<Claim> InModel(QueueModel model, string worker, IReadOnlyList<string> handed) => model.Read(worker, Count, Priority);
}

internal sealed record Reap(int Worker, int Count, Hearing Hearing) : HandOut(Worker, Count, Hearing)
{
    protected override async Task<Fetched> CallAsync(World world, Worker worker)
    {
        var reaped = await worker.Store.ReapAsync(Terms.Lease * Terms.Unit, Count);
        worker.Hear(reaped.Now);
        return new Fetched(reaped.Jobs, MindCancelled: true);
    }

    protected override IReadOnlyList<Claim> InModel(QueueModel model, string worker, IReadOnlyList<string> handed) => model.Reap(worker, Count);
}
