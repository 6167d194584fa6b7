using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowLimitsTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task RefusesTooManyJobs()
    {
        Limit(options => options.MaxWorkflowJobs = 3);
        await RefusedAsync("Flasky:Jobs:MaxWorkflowJobs", Workflow.Group(Named("a", "b", "c", "d")));
    }

    [Fact]
    public async Task RefusesTooManyBytes()
    {
        Limit(options => options.MaxWorkflowBytes = 2_000);
        await RefusedAsync("Flasky:Jobs:MaxWorkflowBytes", Workflow.Group(Named(new string('a', 1_000), new string('b', 1_000))));
    }

    [Fact]
    public async Task RefusesToNestTooDeeply()
    {
        var workflow = Workflow.Job(new Part("a"));
        for (var i = 0; i < 17; i++)
            workflow = Workflow.Group([workflow]);
        await RefusedAsync("16 levels", workflow);
    }

    [Fact]
    public async Task RefusesAWorkflowWithoutJobs() => await RefusedAsync("no jobs", Workflow.Group(Workflow.Chain(Array.Empty<IJob>())));

    [Fact]
    public async Task RefusesOptionsThatCouldTurnAMemberIntoAnotherJob()
    {
        foreach (var options in new EnqueueOptions[] { new() { Id = Guid.NewGuid() }, new() { Unique = new JobUnique() }, new() { Debounce = new JobDebounce(TimeSpan.FromSeconds(1)) } })
            await RefusedAsync("part of a workflow", Workflow.Job(new Part("a"), options));
    }

    [Fact]
    public void RefusesEmptyPlacesAndUnknownPolicies()
    {
        Assert.Throws<ArgumentNullException>(() => Workflow.Chain((Part)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Workflow.Chain(Named("a")).OnFailure((WorkflowFailurePolicy)7));
    }

    [Fact]
    public async Task AResultThatIsTooLargeFailsItsJobAndSaysWhatToDo()
    {
        Limit(options => options.MaxArgumentsBytes = 500);
        await StartPartsAsync();
        var status = await EndOfAsync(await StartAsync(Workflow.Chain(Named(new string('a', 450), new string('b', 450)))));
        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("Flasky:Jobs:MaxArgumentsBytes", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultsThatAreTooLargeTogetherFailTheWorkflowAndSayWhatToDo()
    {
        Limit(options => options.MaxWorkflowBytes = 3_000);
        await StartPartsAsync();
        var name = new string('a', 900);
        var status = await EndOfAsync(await StartAsync(Workflow.Chain(Named(name, "b", "c", "d", "e"))));
        Assert.Equal(WorkflowState.Failed, status.State);
        Assert.Contains("Flasky:Jobs:MaxWorkflowBytes", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyMayTakeTheNameOfTheQueuesOwnJob()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => App.StartWorkerAsync(worker => worker.Handle<Imposter, ImposterHandler>()));
        Assert.Contains("flasky.workflow.report", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesNothingButKeysWithATimeToLive()
    {
        var worker = await StartPartsAsync();
        var ended = await StartAsync(Workflow.Chord([new Part("a"), new QuietPart("b")], new Part("c")));
        var running = await StartAsync(Workflow.Job(new Part("later"), new EnqueueOptions { Delay = TimeSpan.FromDays(2) }));
        await EndOfAsync(ended);
        await WaitUntilQuietAsync();
        await worker.StopAsync(Cancellation);

        Assert.InRange((await App.Redis.KeyTimeToLiveAsync(App.Keys().Workflow(ended.Id.Value)))!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.InRange((await App.Redis.KeyTimeToLiveAsync(App.Keys().Workflow(running.Id.Value)))!.Value, TimeSpan.FromDays(31), TimeSpan.FromDays(32));
        foreach (var key in (await App.FindKeysAsync()).Select(key => (string)key!).Where(key => !key.Contains(":scheduled", StringComparison.Ordinal)))
            Assert.True(key.Contains(":ready", StringComparison.Ordinal) || await App.Redis.KeyTimeToLiveAsync(key) is not null, key);
    }

    [Job("flasky.workflow.report")]
    private sealed record Imposter : IJob;

    private sealed class ImposterHandler : IJobHandler<Imposter>
    {
        public Task HandleAsync(Imposter job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private void Limit(Action<FlaskyJobsOptions> configure) => App.Configure = builder => builder.Services.Configure(configure);

    private async Task RefusedAsync(string reason, Workflow workflow)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(workflow));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(await App.FindKeysAsync());
    }
}
