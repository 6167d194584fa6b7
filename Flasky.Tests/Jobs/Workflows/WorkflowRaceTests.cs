using System.Text.Json;
using Flasky.Jobs;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowRaceTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task TheCallbackRunsOnceUnderManyWorkersAndRepeatedReports()
    {
        const int Members = 60;
        WorkflowHandle? handle = null;
        var started = new TaskCompletionSource();
        Parts.Behaviour = async (name, _) =>
        {
            await started.Task;
            if (name != "callback")
                await RepeatAsync(handle!.Id, int.Parse(name, null));
        };
        for (var i = 0; i < 3; i++)
            await StartPartsAsync(options => options.Concurrency = 8);

        handle = await StartAsync(Workflow.Chord(Named([.. Enumerable.Range(0, Members).Select(i => $"{i}")]), new Part("callback")));
        started.SetResult();
        var status = await EndOfAsync(handle);
        await Task.WhenAll(Enumerable.Range(0, Members).Select(i => RepeatAsync(handle.Id, i)));
        await WaitUntilQuietAsync();

        Assert.Equal((WorkflowState.Succeeded, Members + 1, 0), (status.State, status.SucceededJobs, status.FailedJobs));
        Assert.Equal(1, Parts.Runs["callback"]);
        Assert.Equal(Members + 1, Parts.Runs.Count);
        Assert.Equal(status, await handle.GetStatusAsync(Cancellation));
    }

    [Fact]
    public async Task GoesOnWhenTheWorkerWithTheReportIsKilled()
    {
        var victim = App.Store("victim");
        await victim.CreateGroupsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        Assert.Single((await victim.LookAsync(10, Enum.GetValues<JobPriority>())).Fetched.Jobs);

        await StartPartsAsync();

        Assert.Equal("b(a())", await handle.GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task GoesOnWhenWorkersStopInTheMiddle()
    {
        Parts.Behaviour = (name, token) => name == "2" && Parts.Runs["2"] == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var first = await App.StartWorkerAsync(worker =>
        {
            worker.Services.AddSingleton(Parts);
            worker.Handle<Part, string, PartHandler>();
        }, shutdown: TimeSpan.FromMilliseconds(200));
        var handle = await StartAsync(Workflow.Chord(Named("0", "1", "2"), new Part("callback")));
        while (await Parts.NextAsync() != "2")
        {
            // Until the one that hangs runs.
        }
        var stopping = first.StopAsync(Cancellation);
        await StartPartsAsync();
        await stopping;

        Assert.Equal("callback(0(),1(),2())", await handle.GetResultAsync<string>(Cancellation));
        Assert.Equal(1, Parts.Runs["callback"]);
    }

    [Fact]
    public async Task StartingTheSameIdAgainStartsNothing()
    {
        await StartPartsAsync();
        var options = new WorkflowOptions { Id = Guid.NewGuid() };
        var workflow = Workflow.Chain(Named("a", "b"));
        var handles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(workflow, options)));
        await EndOfAsync(handles[0]);
        await EndOfAsync(await StartAsync(workflow, options));
        await WaitUntilQuietAsync();

        Assert.Single(handles.Select(handle => handle.Id).Distinct());
        Assert.Equal((1, 1), (Parts.Runs["a"], Parts.Runs["b"]));
    }

    [Fact]
    public async Task AReportOfAForgottenWorkflowIsDropped()
    {
        await Engine.ApplyAsync(new WorkflowReport($"default:{Guid.NewGuid():N}", 1, "succeeded"), Cancellation);
        Assert.Empty(await App.FindKeysAsync());
    }

    /// <summary>The member's report, several times at once.</summary>
    private Task RepeatAsync(WorkflowId id, int member) => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Engine.ApplyAsync(
        new WorkflowReport(id.ToString(), member + 2, "succeeded", JsonSerializer.Serialize($"{member}()")), Cancellation)));
}
