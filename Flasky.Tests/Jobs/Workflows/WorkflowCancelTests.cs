using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowCancelTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task ReachesWhatWaitsRunsAndIsScheduledFromAnotherProcess()
    {
        var told = new TaskCompletionSource();
        Parts.Behaviour = async (name, token) =>
        {
            await using var _ = token.Register(() => told.TrySetResult());
            await Task.Delay(Timeout.Infinite, token);
        };
        // One slot: the second job stays ready, and no worker is free to carry the cancellation on.
        await StartPartsAsync(options => options.Concurrency = 1);
        var handle = await StartAsync(Workflow.Group([
            Workflow.Job(new Part("running")),
            Workflow.Chain(Named("ready", "waiting")),
            Workflow.Group([Workflow.Job(new Part("scheduled"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) })])]).Then(new Part("last")));
        var running = await Parts.NextAsync();
        Assert.Equal([WorkflowJobState.Begun, WorkflowJobState.Begun, WorkflowJobState.Waiting, WorkflowJobState.Begun, WorkflowJobState.Waiting],
            (await handle.GetJobsAsync(Cancellation)).Select(job => job.State));

        await using var other = new JobsHost(App.Settings["ConnectionStrings:redis"]!, App.Prefix);
        var elsewhere = other.Producer.Services.GetRequiredService<IWorkflows>().Find(handle.Id);
        Assert.True(await elsewhere.CancelAsync(Cancellation));

        Assert.Equal(WorkflowState.Cancelled, (await EndOfAsync(handle)).State);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await WaitUntilQuietAsync();
        Assert.Equal([running], Parts.Runs.Keys);
        Assert.Equal([WorkflowJobState.Cancelled, WorkflowJobState.Cancelled, WorkflowJobState.Skipped, WorkflowJobState.Cancelled, WorkflowJobState.Skipped],
            (await handle.GetJobsAsync(Cancellation)).Select(job => job.State));
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultsAsync<string>(Cancellation));
        Assert.True(await handle.CancelAsync(Cancellation));
    }

    [Fact]
    public async Task BeforeAnyWorkerSawItNothingEverRuns()
    {
        var handle = await StartAsync(Workflow.Chord(Named("a", "b"), new Part("c")));
        Assert.True(await handle.CancelAsync(Cancellation));
        await StartPartsAsync();
        await WaitUntilQuietAsync();
        Assert.Empty(Parts.Runs);
        Assert.All(await handle.GetJobsAsync(Cancellation), job => Assert.Equal(WorkflowJobState.Skipped, job.State));
    }

    [Fact]
    public async Task AJobThatFinishesAllTheSameChangesNothing()
    {
        var gate = new TaskCompletionSource();
        Parts.Behaviour = (_, _) => gate.Task;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("stubborn", "next")));
        await Parts.NextAsync();
        Assert.True(await handle.CancelAsync(Cancellation));
        gate.SetResult();
        await WaitUntilQuietAsync();

        Assert.Equal(WorkflowState.Cancelled, (await handle.GetStatusAsync(Cancellation))!.State);
        Assert.Equal(["stubborn"], Parts.Runs.Keys);
    }

    [Fact]
    public async Task ComesTooLateForOneThatHasEnded()
    {
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Job(new Part("a")));
        await EndOfAsync(handle);
        Assert.False(await handle.CancelAsync(Cancellation));
        Assert.Equal(WorkflowState.Succeeded, (await handle.GetStatusAsync(Cancellation))!.State);
        Assert.False(await Workflows.Find(new WorkflowId("default", Guid.NewGuid())).CancelAsync(Cancellation));
    }

    [Fact]
    public async Task AHeldWorkflowCanBeCancelled()
    {
        Parts.Behaviour = (_, _) => throw new JobDiscardedException("no");
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")).OnFailure(WorkflowFailurePolicy.Hold));
        await UntilAsync(handle, status => status.State == WorkflowState.Held);
        Assert.True(await handle.CancelAsync(Cancellation));
        Assert.Equal(WorkflowState.Cancelled, (await EndOfAsync(handle)).State);
    }
}
