using System.Globalization;
using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Testing;

public sealed class TestingModeTests : IDisposable
{
    private readonly Runs runs = new();
    private readonly ManualClock clock = new();
    private IHost? host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private (IJobQueue Queue, TestJobs Jobs) Start(JobTestingMode mode, Action<JobTestingOptions>? configure = null, Action<HostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(runs).AddScoped<ScopeMarker>();
        builder.AddFlaskyJobs("redis");
        add?.Invoke(builder);
        builder.UseJobTesting(testing =>
        {
            (testing.Mode, testing.Clock) = (mode, clock);
            testing.Handle(worker => worker.Handle<Note, NoteHandler>().Handle<Sum, Total, SumHandler>());
            configure?.Invoke(testing);
        });
        host = builder.Build();
        return (host.Services.GetRequiredService<IJobQueue>(), host.Services.GetRequiredService<TestJobs>());
    }

    private IWorkflows Workflows => host!.Services.GetRequiredService<IWorkflows>();

    public void Dispose() => host?.Dispose();

    [Fact]
    public async Task RecordsWithWhatItWasEnqueuedWith()
    {
        var (queue, jobs) = Start(JobTestingMode.Record, add: builder => builder.AddJobContext(context => context.Culture()));
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
        await queue.EnqueueAsync(new Note("a"), new EnqueueOptions
        {
            Queue = "other", Delay = TimeSpan.FromMinutes(5), Priority = JobPriority.High, Unique = new JobUnique { Key = "k" }, ExpiresAfter = TimeSpan.FromHours(1),
        }, Cancel);
        var job = jobs.ShouldHaveEnqueuedOnce<Note>(note => note.Text == "a");
        Assert.Equal(("a", "other", TimeSpan.FromMinutes(5), JobPriority.High, "k", TimeSpan.FromHours(1), false),
            (job.Job.Text, job.Queue, job.Delay, job.Priority, job.UniqueKey, job.ExpiresAfter, job.IsTracked));
        Assert.Contains(job.Context, carried => carried.Value.StartsWith("pl-PL", StringComparison.Ordinal));
        Assert.True(runs.NoneLeft);
        await Assert.ThrowsAsync<InvalidOperationException>(() => jobs.RunAllAsync(Cancel));
    }

    [Fact]
    public async Task FailuresSayWhatWasEnqueuedInstead()
    {
        var (queue, jobs) = Start(JobTestingMode.Record);
        jobs.ShouldHaveEnqueuedNothing();
        await queue.EnqueueAsync(new Note("a"), cancellationToken: Cancel);
        await queue.EnqueueAsync(new Note("b"), new EnqueueOptions { Priority = JobPriority.Low }, Cancel);

        var missing = Assert.Throws<JobTestException>(() => jobs.ShouldHaveEnqueued<Note>(note => note.Text == "c"));
        Assert.Equal(
            """
            Expected a job of type Note that matches to be enqueued, but there is none.
            Enqueued:
              test.note {"text":"a"} in 'default'
              test.note {"text":"b"} in 'default', low
            """, missing.Message, ignoreLineEndingDifferences: true);
        Assert.Contains("there are 2", Assert.Throws<JobTestException>(() => jobs.ShouldHaveEnqueuedOnce<Note>()).Message, StringComparison.Ordinal);
        Assert.Contains("there is one", Assert.Throws<JobTestException>(() => jobs.ShouldNotHaveEnqueued<Note>(note => note.Text == "a")).Message, StringComparison.Ordinal);
        Assert.Throws<JobTestException>(jobs.ShouldHaveEnqueuedNothing);
        jobs.ShouldNotHaveEnqueued<Sum>();
        jobs.ShouldHaveEnqueuedInOrder(new Note("a"), new Note("b"));
        Assert.Contains("number 2", Assert.Throws<JobTestException>(() => jobs.ShouldHaveEnqueuedInOrder(new Note("b"), new Note("a"))).Message, StringComparison.Ordinal);
        jobs.Forget();
        jobs.ShouldHaveEnqueuedNothing();
    }

    [Fact]
    public async Task AJobThatDoesNotSurviveJsonFailsTheEnqueue()
    {
        var (queue, _) = Start(JobTestingMode.Record);
        var error = await Assert.ThrowsAsync<JobTestException>(() => queue.EnqueueAsync(new Forgetful("x"), cancellationToken: Cancel));
        Assert.Contains("does not survive JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitingForWhatNobodyRunsIsAnError()
    {
        var (queue, _) = Start(JobTestingMode.Record);
        var handle = await queue.EnqueueForResultAsync(new Sum([1]), cancellationToken: Cancel);
        Assert.Contains("only recorded", (await Assert.ThrowsAsync<JobTestException>(() => handle.GetResultAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutageRefusesJobs()
    {
        var (queue, jobs) = Start(JobTestingMode.Record);
        jobs.IsDown = true;
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => queue.EnqueueAsync(new Note("a"), cancellationToken: Cancel));
        jobs.ShouldHaveEnqueuedNothing();
        Assert.Equal(1, jobs.Sends);
    }

    [Fact]
    public async Task InlineRunsDuringTheEnqueueOutsideOfItsFlow()
    {
        var (queue, jobs) = Start(JobTestingMode.Inline);
        var flow = new AsyncLocal<string> { Value = "of the caller" };
        string? seen = "none";
        runs.Behaviour = async (run, _) =>
        {
            seen = flow.Value;
            if (run.Job.Text == "parent")
                await queue.EnqueueAsync(new Note("child"), cancellationToken: Cancel);
        };
        await queue.EnqueueAsync(new Note("parent"), cancellationToken: Cancel);
        Assert.Null(seen);
        Assert.Equal(["parent", "child"], [(await runs.NextAsync()).Job.Text, (await runs.NextAsync()).Job.Text]);
        Assert.Equal(42, (await (await queue.EnqueueForResultAsync(new Sum([42]), cancellationToken: Cancel)).GetResultAsync(Cancel)).Value);
        jobs.ShouldHaveEnqueuedInOrder(new Note("parent"), new Note("child"), new Sum([42]));
    }

    [Fact]
    public async Task InlineTellsOfTheHandlersError()
    {
        var (queue, _) = Start(JobTestingMode.Inline);
        runs.Behaviour = (_, _) => throw new InvalidOperationException("broken");
        var error = await Assert.ThrowsAsync<JobTestException>(() => queue.EnqueueAsync(new Note("a"), cancellationToken: Cancel));
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(error.InnerException).Message);
        Assert.Contains("retrying at attempt 1: broken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InlineKeepsTheErrorIfAskedToAndTriesAgainLater()
    {
        var (queue, jobs) = Start(JobTestingMode.Inline, testing => testing.ThrowsHandlerErrors = false);
        runs.Behaviour = (run, _) => run.Context.Attempt == 1 ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        var id = await queue.EnqueueAsync(new Note("a"), new EnqueueOptions { Tracked = true }, Cancel);
        Assert.Equal(JobState.Retrying, (await queue.Find(id).GetStatusAsync(Cancel))!.State);
        (await jobs.AdvanceAsync(TimeSpan.FromSeconds(2), Cancel)).ShouldAllSucceed();
        Assert.Equal(JobState.Succeeded, (await queue.Find(id).GetStatusAsync(Cancel))!.State);
    }

    [Fact]
    public async Task InlineRunsAWholeWorkflowDuringItsStart()
    {
        var (_, jobs) = Start(JobTestingMode.Inline);
        var handle = await Workflows.StartAsync(Workflow.Group([new Sum([1]), new Sum([2, 3])]).Then(new Note("then")), cancellationToken: Cancel);
        Assert.Equal(WorkflowState.Succeeded, (await handle.WaitAsync(Cancel)).State);
        jobs.ShouldHaveEnqueuedInOrder(new Sum([1]), new Sum([2, 3]), new Note("then"));
        Assert.Equal("then", (await runs.NextAsync()).Job.Text);
        Assert.True(runs.NoneLeft);
    }

    [Fact]
    public async Task InlineTellsOfTheErrorOfAMember()
    {
        Start(JobTestingMode.Inline);
        runs.Behaviour = (_, _) => throw new JobDiscardedException("broken");
        var id = Guid.NewGuid();
        var error = await Assert.ThrowsAsync<JobTestException>(() => Workflows.StartAsync(
            Workflow.Chain(new Sum([1])).Then(new Note("a")).Then(new Note("b")), new WorkflowOptions { Id = id }, Cancel));
        Assert.Equal("broken", Assert.IsType<JobDiscardedException>(error.InnerException).Message);
        var status = await Workflows.Find(new WorkflowId("default", id)).WaitAsync(Cancel);
        Assert.Equal((WorkflowState.Failed, 1, 1), (status.State, status.SucceededJobs, status.FailedJobs));
    }

    [Fact]
    public async Task InlineCarriesOnTheWorkflowOfACancelledMember()
    {
        Start(JobTestingMode.Inline);
        var handle = await Workflows.StartAsync(Workflow.Chain([Workflow.Job(new Note("a"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) })]), cancellationToken: Cancel);
        await host!.Services.GetRequiredService<IJobQueue>().Find((await handle.GetJobsAsync(Cancel))[0].Id).CancelAsync(Cancel);
        Assert.Equal(WorkflowState.Failed, (await handle.WaitAsync(Cancel)).State);
    }

    [Fact]
    public async Task RecordShowsWhatAWorkflowBeginsWith()
    {
        var (_, jobs) = Start(JobTestingMode.Record);
        var handle = await Workflows.StartAsync(Workflow.Group([new Note("a"), new Note("b")]).Then(new Note("c")), cancellationToken: Cancel);
        jobs.ShouldHaveEnqueuedInOrder(new Note("a"), new Note("b"));
        jobs.ShouldNotHaveEnqueued<Note>(note => note.Text == "c");
        Assert.Equal(WorkflowState.Running, (await handle.GetStatusAsync(Cancel))!.State);
        Assert.Contains("only recorded", (await Assert.ThrowsAsync<JobTestException>(() => handle.WaitAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitsCanBeSetAndShownAndHoldNothingUp()
    {
        var (queue, jobs) = Start(JobTestingMode.Drain, add: builder => builder.AddJobLimits("redis", limits => limits.ForQueue("mail", concurrency: 1)));
        var limits = host!.Services.GetRequiredService<IJobLimits>();
        await limits.SetAsync(LimitScope.Key("tenant:1"), new JobLimit(rate: JobRate.PerHour(1)), cancellationToken: Cancel);
        Assert.Equal(new JobLimit(1), (await limits.ShowAsync("mail", Cancel)).Limits[LimitScope.Queue]);
        for (var i = 0; i < 3; i++)
            await queue.EnqueueAsync(new Note($"{i}"), new EnqueueOptions { LimitKey = "tenant:1" }, Cancel);
        Assert.Equal(3, (await jobs.RunAllAsync(Cancel)).Count);
        Assert.True(await limits.RemoveAsync(LimitScope.Key("tenant:1"), cancellationToken: Cancel));
        Assert.False(await limits.RemoveAsync(LimitScope.Key("tenant:1"), cancellationToken: Cancel));
    }

    [Fact]
    public async Task OperationsSayWhatToDoInTheirPlace()
    {
        var (queue, _) = Start(JobTestingMode.Drain);
        var operations = host!.Services.GetRequiredService<IJobOperations>();
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => operations.GetStatisticsAsync("default", Cancel));
        Assert.Contains("TestJobs", error.Message, StringComparison.Ordinal);
        var id = await queue.EnqueueAsync(new Note("a"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancel);
        Assert.Equal(JobCancellation.Cancelled, await operations.CancelAsync(id, Cancel));
    }

    [Fact]
    public async Task DrainTellsWhatRanAndHowItEnded()
    {
        var (queue, jobs) = Start(JobTestingMode.Drain);
        runs.Behaviour = (run, _) => run.Job.Text == "bad" ? throw new JobDiscardedException("never") : Task.CompletedTask;
        await queue.EnqueueAsync(new Note("good"), cancellationToken: Cancel);
        await queue.EnqueueAsync(new Note("bad"), cancellationToken: Cancel);
        await queue.EnqueueAsync(new Note("later"), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancel);
        await queue.EnqueueAsync(new Sum([1, 2]), cancellationToken: Cancel);

        var ran = await jobs.RunAllAsync(Cancel);

        Assert.Equal([("test.note", JobState.Succeeded), ("test.note", JobState.Failed), ("test.sum", JobState.Succeeded)], ran.Select(run => (run.Name, run.State)));
        Assert.Equal("""{"value":3}""", ran[2].Result);
        Assert.Equal("never", Assert.Throws<JobTestException>(ran.ShouldAllSucceed).InnerException!.Message);
        Assert.Empty(await jobs.AdvanceAsync(TimeSpan.FromMinutes(59), Cancel));
        Assert.Single(await jobs.AdvanceAsync(TimeSpan.FromMinutes(1), Cancel));
    }

    [Fact]
    public async Task JobsWithoutEndAreAnError()
    {
        var (queue, jobs) = Start(JobTestingMode.Drain, testing => testing.MaxRuns = 50);
        runs.Behaviour = (_, _) => queue.EnqueueAsync(new Note("again"), cancellationToken: Cancel);
        await queue.EnqueueAsync(new Note("first"), cancellationToken: Cancel);
        Assert.Contains("no end", (await Assert.ThrowsAsync<JobTestException>(() => jobs.RunAllAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueuesThatNestWithoutEndAreAnError()
    {
        var (queue, _) = Start(JobTestingMode.Inline, testing => testing.MaxRuns = 20);
        runs.Behaviour = (_, _) => queue.EnqueueAsync(new Note("again"), cancellationToken: Cancel);
        var error = await Assert.ThrowsAsync<JobTestException>(() => queue.EnqueueAsync(new Note("first"), cancellationToken: Cancel));
        Assert.Contains("20 deep", error.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostWithoutHandlersSaysSo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddFlaskyJobs("redis");
        builder.UseJobTesting(testing => testing.Mode = JobTestingMode.Inline);
        using var web = builder.Build();
        var queue = web.Services.GetRequiredService<IJobQueue>();
        Assert.Contains("testing.Handle", (await Assert.ThrowsAsync<InvalidOperationException>(() => queue.EnqueueAsync(new Note("a"), cancellationToken: Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ComesBehindTheQueueItReplaces() =>
        Assert.Contains("AddFlaskyJobs", Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddJobTesting()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ADayOfARecurringJobRunsInNoTime()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(runs).AddScoped<ScopeMarker>();
        builder.AddJobWorker("redis", worker => worker.Handle<Note, NoteHandler>().Recurring("hourly", new Note("hour"), JobSchedule.Cron("0 * * * *")));
        builder.UseJobTesting(testing => (testing.Mode, testing.Clock) = (JobTestingMode.Drain, clock));
        using var worker = builder.Build();
        await worker.StartAsync(Cancel);
        var ran = await worker.Services.GetRequiredService<TestJobs>().AdvanceAsync(TimeSpan.FromDays(1), Cancel);
        Assert.Equal(24, ran.ShouldAllSucceed().Count);
        Assert.Equal(clock.GetUtcNow().AddHours(-23), (await runs.NextAsync()).Context.Tick);
        await worker.StopAsync(Cancel);
    }

    [Job("test.forgetful")]
    private sealed class Forgetful : IJob
    {
        public Forgetful()
        {
        }

        public Forgetful(string text) => Text = text;

        public string Text { get; } = "";
    }
}
