using Flasky.Jobs;
using Flasky.Tests.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

internal enum Form
{
    Chain,
    Group,

    /// <summary>A group and then one more.</summary>
    Chord,

    /// <summary>A group of a job and a chain, and then one more.</summary>
    Nested,
}

/// <summary>Starts a workflow.</summary>
/// <param name="Members">Of the chain or group.</param>
/// <param name="Wishes">What each of its jobs asks for.</param>
internal sealed record StartWorkflow(Form Form, int Members, WorkflowFailurePolicy Policy, Wishes Wishes) : Step
{
    public override async Task RunAsync(World world)
    {
        var handle = await world.Theatre.Workflows.StartAsync(
            Plan(world.Queue).OnFailure(Policy), new WorkflowOptions { Queue = world.Queue }, TestContext.Current.CancellationToken);
        var (name, shape) = (world.NameOf($"{handle.Id.Value:N}"), (await world.Theatre.WorkflowStore.ShapeAsync(handle.Id, TestContext.Current.CancellationToken))!);
        foreach (var node in shape.JobsIn(shape.Root))
        {
            var member = world.MemberOf(handle.Id, node.Number);
            world.Members[member] = new ModelJob(member, 0, Wishes, null) { Member = new Member(name, node.Number) };
        }
        world.Model.AddWorkflow(name, shape, Terms.WorkflowKeptFor + Wishes.Delay, await world.NewestReportAsync());
        world.Say($"{name}: {shape}");
        world.Meet("workflow: started");
    }

    public override IEnumerable<Step> Simpler() => new[]
    {
        this with { Form = Form.Chain, Members = 1 }, this with { Members = 1 }, this with { Policy = WorkflowFailurePolicy.Stop }, this with { Wishes = new Wishes() },
    }.Where(simpler => simpler != this);

    private Workflow Plan(string queue)
    {
        var number = 0;
        Workflow Job() => Workflow.Job(new Play(number++), Wishes.Options(queue));
        Workflow[] Jobs() => [.. Enumerable.Range(0, Members).Select(_ => Job())];
        return Form switch
        {
            Form.Chain => Workflow.Chain(Jobs()),
            Form.Group => Workflow.Group(Jobs()),
            Form.Chord => Workflow.Group(Jobs()).Then(Job()),
            _ => Workflow.Group(Job(), Workflow.Chain(Jobs())).Then(Job()),
        };
    }
}

/// <summary>Cancels a workflow that is under way; who does may die over it.</summary>
internal sealed record CancelWorkflow(int Which, Death Death) : Step
{
    public override async Task RunAsync(World world)
    {
        if (Pick([.. world.Model.Workflows.Keys], Which) is not { } name)
            return;
        var crash = new Crash(Death.At, Death.After);
        world.Theatre.Witness.Watch(world, crash);
        var mayEnd = !world.Model.Workflows[name].HasEnded || world.Model.Workflows[name].Ends[0].State == JobState.Cancelled;
        try
        {
            World.Same(mayEnd, await world.Theatre.Engine.CancelAsync(world.IdOfWorkflow(name), TestContext.Current.CancellationToken), $"Whether {name} can be cancelled");
        }
        catch (CrashException)
        {
            world.Say("dies over it");
        }
    }

    public override IEnumerable<Step> Simpler() => Death.At < 0 ? [] : [this with { Death = new Death(-1, After: false) }];
}
