using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>Whatever an operator does to a job, the workflow that it is part of comes to an end.</summary>
public sealed class WorkflowOperationsTests(Servers servers) : WorkflowTest(servers)
{
    private const string Queue = "default";

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "tenant:1")]
    public async Task AWorkflowWhoseMemberIsPurgedEnds(bool delayed, string? key)
    {
        var options = new EnqueueOptions { Delay = delayed ? TimeSpan.FromHours(1) : null, LimitKey = key };
        var handle = await StartAsync(Workflow.Group([Workflow.Job(new Part("a"), options), Workflow.Job(new Part("b"), options)]).Then(new Part("c")));
        // The members are there, but nobody runs them.
        await Engine.ApplyAsync(Begin(handle), Cancellation);

        Assert.Equal(2, await App.Operations.PurgeAsync(Queue, [JobState.Ready, JobState.Scheduled], Cancellation));

        await StartPartsAsync();
        var status = await EndOfAsync(handle);
        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("Deleted before it ran.", status.Error, StringComparison.Ordinal);
        Assert.Empty(Parts.Runs);
    }

    [Fact]
    public async Task APurgeLeavesReportsAlone()
    {
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        await App.Queue.EnqueueAsync(new Note("purged"), new EnqueueOptions { Priority = JobPriority.Critical }, Cancellation);
        // The first step is ready to begin, by a report that nobody has run.
        Assert.Equal(1, await App.Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));
        Assert.Equal(1, (await App.Operations.GetStatisticsAsync(Queue, Cancellation)).Ready);

        await StartPartsAsync();
        Assert.Equal("b(a())", await handle.GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task AReportThatAWorkerHandedBackIsLeftAloneToo()
    {
        var handle = await StartAsync(Workflow.Chain(Named("a")));
        var store = App.Store("stopping");
        await store.CreateGroupsAsync();
        await store.ReleaseAsync((await store.ReadAsync(JobPriority.Critical, 1)).Jobs);
        Assert.Equal(0, await App.Operations.PurgeAsync(Queue, [JobState.Ready], Cancellation));
        await StartPartsAsync();
        Assert.Equal("a()", await handle.GetResultAsync<string>(Cancellation));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("purge")]
    [InlineData("trim")]
    public async Task AHeldWorkflowEndsWhenItsDeadJobIsDeleted(string how)
    {
        Parts.Behaviour = (name, _) => name == "a" ? throw new JobDiscardedException("it broke") : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")).OnFailure(WorkflowFailurePolicy.Hold));
        await UntilAsync(handle, status => status.State == WorkflowState.Held);
        await WaitUntilQuietAsync();

        Assert.Equal(1, how switch
        {
            "delete" => await App.Operations.DeleteDeadAsync((await handle.GetJobsAsync(Cancellation))[0].Id, Cancellation) ? 1 : 0,
            "purge" => await App.Operations.PurgeAsync(Queue, [JobState.Failed], Cancellation),
            _ => await App.Operations.TrimDeadAsync(Queue, keep: 0, cancellationToken: Cancellation),
        });

        var status = await EndOfAsync(handle);
        Assert.Equal((WorkflowState.Failed, 0, 1), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal(
            new Dictionary<string, WorkflowJobState> { ["a"] = WorkflowJobState.Cancelled, ["b"] = WorkflowJobState.Skipped }, await StatesAsync(handle, "a", "b"));
    }

    [Fact]
    public async Task DeletingADeadJobOfAWorkflowThatWentOnChangesNothing()
    {
        Parts.Behaviour = (name, _) => name == "a" ? throw new JobDiscardedException("it broke") : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group(Named("a", "b")).OnFailure(WorkflowFailurePolicy.Continue).Then(new Part("c")));
        var ended = await EndOfAsync(handle);
        await WaitUntilQuietAsync();
        Assert.Equal(1, await App.Operations.DeleteDeadAsync(Queue, cancellationToken: Cancellation));
        await WaitUntilQuietAsync();
        Assert.Equal(ended, await handle.GetStatusAsync(Cancellation));
        Assert.Equal(1, Parts.Runs["c"]);
    }

    private static WorkflowReport Begin(WorkflowHandle handle) =>
        new(handle.Id.ToString(), WorkflowReport.Whole, "running");
}
