using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>Runs whole workflows step by step, once for each place where a worker can die, with every report handed out again and again.</summary>
public sealed class WorkflowCrashTests(Servers servers) : WorkflowTest(servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhereverAWorkerDiesEachJobRunsOnce(bool after)
    {
        var workflow = Workflow.Chain(new Part("a"))
            .Then(Workflow.Group(Workflow.Chain(Named("b", "c")), Workflow.Group(Array.Empty<IJob>()), Workflow.Job(new Part("d"))))
            .Then(new Part("e"));
        await ForEveryCrashAsync(after, workflow, async (handle, worker) =>
        {
            var status = (await handle.GetStatusAsync(Cancellation))!;
            Assert.Equal((WorkflowState.Succeeded, 5, 0), (status.State, status.SucceededJobs, status.FailedJobs));
            Assert.Equal(["a", "b", "c", "d", "e"], worker.Ran.Keys.Order(StringComparer.Ordinal));
            Assert.All(worker.Ran.Values, runs => Assert.Equal(1, runs));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhereverAWorkerDiesAFailureStopsEverything(bool after)
    {
        var workflow = Workflow.Group(
            Workflow.Chain(Named("fails", "never")), Workflow.Job(new Part("delayed"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) })).Then(new Part("callback"));
        await ForEveryCrashAsync(after, workflow, async (handle, worker) =>
        {
            var status = (await handle.GetStatusAsync(Cancellation))!;
            Assert.Equal((WorkflowState.Failed, 0, 2), (status.State, status.SucceededJobs, status.FailedJobs));
            Assert.Equal("fails", Assert.Single(worker.Ran).Key);
            Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        });
    }

    [Fact]
    public async Task AWorkerThatRepeatsASettledReportAndDiesTakesNothingAlong()
    {
        var worker = new StepwiseWorker(App);
        await worker.StartAsync();
        var handle = await StartAsync(Workflow.Chord(Named("a", "b"), new Part("c")));
        var never = new Crash(-1, after: true);
        await worker.WorkAsync(Assert.Single(await worker.TakeAsync()), never, fails: _ => false);
        var (first, second) = (new WorkflowReport(handle.Id.ToString(), 2, "succeeded"), new WorkflowReport(handle.Id.ToString(), 3, "succeeded"));
        await worker.ReportAsync(first, never);

        // It was stopped in the middle of the first report, goes on just when the second is noted, ends the group, and dies.
        var zombie = worker.EngineWith(new Crash(1, after: true));
        var slow = new Crash(0, after: true) { Strike = () => Assert.ThrowsAsync<CrashException>(() => zombie.ApplyAsync(first, Cancellation)) };
        await worker.EngineWith(slow).ApplyAsync(second, Cancellation);

        Assert.Equal(WorkflowJobState.Begun, (await handle.GetJobsAsync(Cancellation))[^1].State);
    }

    private async Task ForEveryCrashAsync(bool after, Workflow workflow, Func<WorkflowHandle, StepwiseWorker, Task> check)
    {
        for (var at = 0; at < 200; at++)
        {
            var worker = new StepwiseWorker(App);
            await worker.StartAsync();
            var crash = new Crash(at, after);
            var handle = await StartAsync(workflow);
            while (await worker.TakeAsync() is [var job])
                await worker.WorkAsync(job, crash, name => name == "fails");
            await check(handle, worker);
            if (crash.Happened)
                continue;
            Assert.True(at > 8);
            return;
        }
        Assert.Fail("A workflow of a few jobs makes fewer calls than this.");
    }
}
