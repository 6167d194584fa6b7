using Flasky.Jobs;
using Flasky.Tests.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Testing;

public abstract class WorkflowConformanceTests(QueueUnderTest tested) : ConformanceTests(tested)
{
    private IWorkflows Workflows => Tested.Services.GetRequiredService<IWorkflows>();

    [Fact]
    public async Task StepsGetTheResultsOfTheStepBefore()
    {
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Chain(new Part("a")).Then(Workflow.Group([new Part("b"), new Part("c")])).Then(new Part("d")));
        var status = await EndOfAsync(handle);
        Assert.Equal((WorkflowState.Succeeded, 4, 4, 0, null), (status.State, status.Jobs, status.SucceededJobs, status.FailedJobs, status.Error));
        Assert.Equal("d(b(a()),c(a()))", await handle.GetResultAsync<string>(Cancel));
        Assert.All(await handle.GetJobsAsync(Cancel), job => Assert.Equal(WorkflowJobState.Succeeded, job.State));
    }

    [Fact]
    public async Task AnEmptyGroupAndADelayedMemberHoldNobodyUp()
    {
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Group(Array.Empty<IJob>()).Then(new Part("a"), new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(50) }).Then(new Part("b")));
        Assert.Equal(WorkflowState.Succeeded, (await EndOfAsync(handle)).State);
        Assert.Equal("b(a())", await handle.GetResultAsync<string>(Cancel));
    }

    [Fact]
    public async Task AFailureStopsTheRest()
    {
        Tested.Parts.Behaviour = (name, _) => name == "a" ? throw new JobDiscardedException("it broke") : Task.CompletedTask;
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Group([
            Workflow.Job(new Part("a")), Workflow.Job(new Part("b"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) })]).Then(new Part("c")));
        var status = await EndOfAsync(handle);
        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("it broke", status.Error, StringComparison.Ordinal);
        await Tested.UntilAsync(async () => await StatesAsync(handle) == "Failed Cancelled Skipped");
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultsAsync<string>(Cancel));
        Assert.Contains("it broke", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatContinuesGoesOnWithWhatThereIs()
    {
        Tested.Parts.Behaviour = (name, _) => name == "b" ? throw new JobDiscardedException("it broke") : Task.CompletedTask;
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Group([new Part("a"), new Part("b")]).OnFailure(WorkflowFailurePolicy.Continue).Then(new Part("c")));
        var status = await EndOfAsync(handle);
        Assert.Equal((WorkflowState.Succeeded, 2, 1), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal("c(a(),Failed)", await handle.GetResultAsync<string>(Cancel));
    }

    [Fact]
    public async Task AHeldWorkflowCanBeCancelled()
    {
        Tested.Parts.Behaviour = (name, _) => name == "a" ? throw new JobDiscardedException("it broke") : Task.CompletedTask;
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Chain(new Part("a"), new Part("b")).OnFailure(WorkflowFailurePolicy.Hold));
        await Tested.UntilAsync(async () => (await handle.GetStatusAsync(Cancel))!.State == WorkflowState.Held);
        Assert.True(await handle.CancelAsync(Cancel));
        Assert.Equal(WorkflowState.Cancelled, (await EndOfAsync(handle)).State);
        Assert.Equal("Failed Skipped", await StatesAsync(handle));
    }

    [Fact]
    public async Task CancellingReachesWhatWaits()
    {
        await Tested.StartWorkerAsync();
        var handle = await StartAsync(Workflow.Chain([
            Workflow.Job(new Part("a"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }), Workflow.Job(new Part("b"))]));
        await Tested.UntilAsync(async () => await StatesAsync(handle) == "Begun Waiting");
        Assert.True(await handle.CancelAsync(Cancel));
        await Tested.UntilAsync(async () => await StatesAsync(handle) == "Cancelled Skipped");
        Assert.Equal(WorkflowState.Cancelled, (await handle.GetStatusAsync(Cancel))!.State);
        Assert.True(await handle.CancelAsync(Cancel));
        Assert.Empty(Tested.Parts.Runs);
    }

    [Fact]
    public async Task StartingTheSameIdAgainDoesNothing()
    {
        await Tested.StartWorkerAsync();
        var id = Guid.NewGuid();
        var handle = await StartAsync(Workflow.Chain(new Part("a")), new WorkflowOptions { Id = id });
        await EndOfAsync(handle);
        await StartAsync(Workflow.Chain(new Part("b")), new WorkflowOptions { Id = id });
        await EndOfAsync(handle);
        Assert.Equal(["a"], Tested.Parts.Runs.Keys);
    }

    [Fact]
    public async Task NothingIsKnownOfAWorkflowThatNobodyStarted()
    {
        var handle = Workflows.Find(new WorkflowId("default", Guid.NewGuid()));
        Assert.Null(await handle.GetStatusAsync(Cancel));
        Assert.Empty(await handle.GetJobsAsync(Cancel));
        Assert.False(await handle.CancelAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => handle.WaitAsync(Cancel));
    }

    private Task<WorkflowHandle> StartAsync(Workflow workflow, WorkflowOptions? options = null) => Workflows.StartAsync(workflow, options, Cancel);

    private async Task<WorkflowStatus> EndOfAsync(WorkflowHandle handle)
    {
        await Tested.UntilAsync(async () => (await handle.GetStatusAsync(Cancel))!.HasEnded);
        return await handle.WaitAsync(Cancel);
    }

    private static async Task<string> StatesAsync(WorkflowHandle handle) => string.Join(' ', (await handle.GetJobsAsync(Cancel)).Select(job => job.State));
}

public sealed class WorkflowInMemoryTests() : WorkflowConformanceTests(new QueueInMemory());

public sealed class WorkflowInRedisTests(Servers servers) : WorkflowConformanceTests(new QueueInRedis(servers));
