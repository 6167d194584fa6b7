using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowFailureTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task StopsAtTheFirstFailureByDefault()
    {
        var told = new TaskCompletionSource();
        Parts.Behaviour = async (name, token) =>
        {
            if (name == "b")
                await FailAsync();
            await using var _ = token.Register(told.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        };
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group(new Part("a"), new Part("b")).Then(new Part("c")));

        var status = await EndOfAsync(handle);

        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("test.part", status.Error, StringComparison.Ordinal);
        Assert.Contains("it broke", status.Error, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultsAsync<string>(Cancellation));
        Assert.Contains("it broke", error.Message, StringComparison.Ordinal);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await WaitUntilQuietAsync();
        Assert.Equal(
            new Dictionary<string, WorkflowJobState> { ["a"] = WorkflowJobState.Cancelled, ["b"] = WorkflowJobState.Failed, ["c"] = WorkflowJobState.Skipped },
            await StatesAsync(handle, "a", "b", "c"));
        Assert.DoesNotContain("c", Parts.Runs.Keys);
    }

    [Fact]
    public async Task AnAttemptThatIsRetriedIsNoFailure()
    {
        Parts.Behaviour = (name, _) => name == "a" && Parts.Runs["a"] == 1 ? FailAsync(retry: true) : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        Assert.Equal("b(a())", await handle.GetResultAsync<string>(Cancellation));
        Assert.Equal(2, Parts.Runs["a"]);
    }

    [Fact]
    public async Task ContinuesWithWhatThereIsWhereAsked()
    {
        Parts.Behaviour = (name, _) => name == "b" ? FailAsync() : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group(Named("a", "b", "c")).OnFailure(WorkflowFailurePolicy.Continue).Then(new Part("d")));

        var status = await EndOfAsync(handle);

        Assert.Equal((WorkflowState.Succeeded, 3, 1), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal("d(a(),Failed,c())", await handle.GetResultAsync<string>(Cancellation));
        Assert.Contains("it broke", (await handle.GetJobsAsync(Cancellation))[1].Error, StringComparison.Ordinal);
        Assert.Equal(["a()", "c()"], await Parts.Contexts["d"].GetResultsAsync<string>(Cancellation));
    }

    [Fact]
    public async Task AChainThatContinuesFailsIfItsLastStepDoes()
    {
        Parts.Behaviour = (name, _) => name is "a" or "c" ? FailAsync() : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b", "c")).OnFailure(WorkflowFailurePolicy.Continue));
        Assert.Equal(WorkflowState.Failed, (await EndOfAsync(handle)).State);
        Assert.Equal(1, Parts.Runs["b"]);
    }

    [Fact]
    public async Task AFailedBranchStopsOnlyItselfInAGroupThatContinues()
    {
        Parts.Behaviour = (name, _) => name == "a" ? FailAsync() : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group(
                Workflow.Chain(Named("a", "b")).OnFailure(WorkflowFailurePolicy.Stop),
                Workflow.Chain(Named("c", "d")))
            .OnFailure(WorkflowFailurePolicy.Continue).Then(new Part("e")));

        Assert.Equal("e(Skipped,d(c()))", await handle.GetResultAsync<string>(Cancellation));
        Assert.DoesNotContain("b", Parts.Runs.Keys);
    }

    [Fact]
    public async Task AHeldJobThatIsRetriedLetsTheWorkflowGoOn()
    {
        Parts.Behaviour = (name, _) => name == "b" && Parts.Runs["b"] == 1 ? FailAsync() : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group(Named("a", "b")).Then(new Part("c")).OnFailure(WorkflowFailurePolicy.Hold));

        var held = await UntilAsync(handle, status => status is { State: WorkflowState.Held, SucceededJobs: 1 });
        Assert.Equal((1, 1), (held.SucceededJobs, held.FailedJobs));
        await WaitUntilQuietAsync();
        Assert.DoesNotContain("c", Parts.Runs.Keys);

        await App.Operations.RetryAsync((await handle.GetJobsAsync(Cancellation))[1].Id, Cancellation);

        var status = await EndOfAsync(handle);
        Assert.Equal((WorkflowState.Succeeded, 3, 0), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal("c(a(),b())", await handle.GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task AStoppedWorkflowStaysFailedWhateverIsRetried()
    {
        Parts.Behaviour = (name, _) => Parts.Runs["a"] == 1 ? FailAsync() : Task.CompletedTask;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        var failed = await EndOfAsync(handle);
        await WaitUntilQuietAsync();

        await App.Operations.RetryAsync((await handle.GetJobsAsync(Cancellation))[0].Id, Cancellation);
        await Parts.NextAsync();
        await Parts.NextAsync();
        await WaitUntilQuietAsync();

        Assert.Equal(failed, await handle.GetStatusAsync(Cancellation));
        Assert.DoesNotContain("b", Parts.Runs.Keys);
    }

    [Fact]
    public async Task AJobThatNoWorkerCanReadIsAFailureToo()
    {
        await App.StartWorkerAsync(worker => worker.Handle<Sum, Total, SumHandler>());
        var handle = await StartAsync(Workflow.Chain(new Part("nobody's"), new Sum([1])));
        var status = await EndOfAsync(handle);
        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("no handler", status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkflowFailurePolicy.Stop, WorkflowState.Failed)]
    [InlineData(WorkflowFailurePolicy.Hold, WorkflowState.Failed)]
    [InlineData(WorkflowFailurePolicy.Continue, WorkflowState.Succeeded)]
    public async Task AnExpiredMemberIsAFailureThatNobodyCanRetry(WorkflowFailurePolicy policy, WorkflowState end)
    {
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group([Workflow.Job(new Part("late"),
            new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(50), ExpiresAfter = TimeSpan.FromMilliseconds(1) })]).OnFailure(policy));
        Assert.Equal(end, (await EndOfAsync(handle)).State);
        Assert.Equal(WorkflowJobState.Expired, (await handle.GetJobsAsync(Cancellation)).Single().State);
        Assert.Empty(Parts.Runs);
    }

    [Fact]
    public async Task AMemberThatIsCancelledAloneIsAFailure()
    {
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Group([
            Workflow.Job(new Part("never"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }), Workflow.Job(new Part("a"))])
            .OnFailure(WorkflowFailurePolicy.Continue).Then(new Part("b")));
        await UntilAsync(handle, status => status.SucceededJobs == 1);
        var member = App.Queue.Find((await handle.GetJobsAsync(Cancellation))[0].Id);
        Assert.Equal(JobCancellation.Cancelled, await member.CancelAsync(Cancellation));
        Assert.Equal("b(Cancelled,a())", await handle.GetResultAsync<string>(Cancellation));
    }

    private static Task FailAsync(bool retry = false) => throw (retry ? new InvalidOperationException("it broke") : new JobDiscardedException("it broke"));
}
