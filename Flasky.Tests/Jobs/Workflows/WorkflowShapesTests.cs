using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowShapesTests(Servers servers) : WorkflowTest(servers)
{
    public static TheoryData<string, Workflow, string> Shapes => new()
    {
        { "one job", Workflow.Job(new Part("a")), "a()" },
        { "chain", Workflow.Chain(Named("a", "b", "c")), "c(b(a()))" },
        { "group", Workflow.Group(Named("a", "b", "c")), "a() b() c()" },
        { "chord", Workflow.Chord(Named("a", "b"), new Part("c")), "c(a(),b())" },
        { "group after a job", Workflow.Chain(new Part("a")).Then(Workflow.Group(Named("b", "c"))).Then(new Part("d")), "d(b(a()),c(a()))" },
        { "groups after each other", Workflow.Group(Named("a", "b")).Then(Workflow.Group(Named("c", "d"))), "c(a(),b()) d(a(),b())" },
        { "chains in a group", Workflow.Group(Workflow.Chain(Named("a", "b")), Workflow.Chain(Named("c", "d"))).Then(new Part("e")), "e(b(a()),d(c()))" },
        { "groups in a group", Workflow.Group(Workflow.Group(Named("a")), Workflow.Job(new Part("b")), Workflow.Group(Named("c", "d"))).Then(new Part("e")), "e(a(),b(),c(),d())" },
        { "chords in a chord", Workflow.Group(Workflow.Chord(Named("a", "b"), new Part("c")), Workflow.Chord(Named("d"), new Part("e"))).Then(new Part("f")), "f(c(a(),b()),e(d()))" },
        { "chain in a chain", Workflow.Chain(Workflow.Chain(Named("a", "b")).OnFailure(WorkflowFailurePolicy.Hold), Workflow.Chain(Named("c", "d"))), "d(c(b(a())))" },
        { "empty group in front", Workflow.Chord([], new Part("a")), "a()" },
        { "empty groups everywhere", Workflow.Group(Workflow.Group(Array.Empty<IJob>()), Workflow.Chain(Array.Empty<IJob>()), Workflow.Job(new Part("a")))
            .Then(Workflow.Group(Workflow.Group(Array.Empty<IJob>()))).Then(new Part("b")), "b()" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task EveryShapeRunsInItsOrderAndHandsItsResultsOn(string shape, Workflow workflow, string results)
    {
        Assert.NotEmpty(shape);
        await StartPartsAsync();
        var handle = await StartAsync(workflow);

        var status = await EndOfAsync(handle);

        Assert.Equal((WorkflowState.Succeeded, status.Jobs, 0), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal(results, string.Join(' ', await handle.GetResultsAsync<string>(Cancellation)));
        Assert.All(Parts.Runs, run => Assert.Equal(1, run.Value));
        Assert.All(await handle.GetJobsAsync(Cancellation), job => Assert.Equal(WorkflowJobState.Succeeded, job.State));
    }

    [Fact]
    public async Task NestsAsDeepAsItMay()
    {
        var workflow = Workflow.Group(Named("core"));
        for (var depth = 2; depth <= 16; depth++)
            workflow = depth % 2 == 0 ? Workflow.Chain([workflow]) : Workflow.Group([workflow]);
        await StartPartsAsync();
        Assert.Equal("core()", await (await StartAsync(workflow)).GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task MembersMayBeInDifferentQueuesAndWithoutResults()
    {
        await StartPartsAsync();
        var handle = await StartAsync(
            Workflow.Group(new QuietPart("a"), new Part("b")).Then(new Part("c"), new EnqueueOptions { Queue = "quiet" }).Then(new QuietPart("d")),
            new WorkflowOptions { Queue = "default" });

        Assert.Equal(WorkflowState.Succeeded, (await EndOfAsync(handle)).State);

        Assert.Equal(["quiet", "default", "quiet", "quiet"], (await handle.GetJobsAsync(Cancellation)).Select(job => job.Id.Queue));
        var inputs = await Parts.Contexts["c"].GetInputsAsync(Cancellation);
        Assert.Equal([null, "b()"], inputs.Select(input => input.Result is null ? null : input.As<string>()));
        Assert.Throws<InvalidOperationException>(() => inputs[0].As<string>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => handle.GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task DelaysAndExpiriesCountFromTheJobsTurn()
    {
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(new Part("a"))
            .Then(new Part("b"), new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(300), ExpiresAfter = TimeSpan.FromMinutes(1) }));
        await EndOfAsync(handle);
        var b = (await App.Queue.Find(Parts.Contexts["b"].Id).GetStatusAsync(Cancellation))!;
        Assert.Equal([JobState.Scheduled, JobState.Ready, JobState.Running, JobState.Succeeded], b.History.Select(entry => entry.State));
    }

    [Fact]
    public async Task AGroupOfThousandsRunsEachOnceAndThenItsCallbackOnce()
    {
        var names = Enumerable.Range(0, 3_000).Select(i => $"{i}").ToArray();
        // A lease that a busy machine keeps: what is lost by one that it does not keep runs once more.
        for (var worker = 0; worker < 2; worker++)
            await StartPartsAsync(options => (options.Concurrency, options.Lease) = (64, TimeSpan.FromMinutes(1)));
        var handle = await StartAsync(Workflow.Chord(Named(names), new Part("all")));

        var status = await handle.WaitAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(3), Cancellation);

        Assert.Equal((WorkflowState.Succeeded, 3_001), (status.State, status.SucceededJobs));
        Assert.Equal(3_001, Parts.Runs.Count);
        Assert.All(Parts.Runs, run => Assert.Equal(1, run.Value));
        Assert.Equal($"all({string.Join(',', names.Select(name => $"{name}()"))})", await handle.GetResultAsync<string>(Cancellation));
    }
}
