using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs;

public sealed class TrackingTests(Servers servers) : JobsTest(servers)
{
    private static readonly EnqueueOptions Tracked = new() { Tracked = true };

    [Fact]
    public async Task ReturnsTheResultToWhoeverAsks()
    {
        await App.StartWorkerAsync(worker => worker.Handle<Sum, Total, SumHandler>());
        var handle = await App.Queue.EnqueueForResultAsync(new Sum([1, 2, 39]), cancellationToken: Cancellation);

        Assert.Equal(42, (await handle.GetResultAsync(Cancellation)).Value);
        Assert.Equal(42, (await App.Queue.Find<Total>(handle.Id).GetResultAsync(Cancellation)).Value);
        var status = (await handle.GetStatusAsync(Cancellation))!;
        Assert.Equal((JobState.Succeeded, 1, "test.sum"), (status.State, status.Attempt, status.Name));
        Assert.Equal([JobState.Ready, JobState.Running, JobState.Succeeded], status.History.Select(entry => entry.State));
        Assert.Equal(new JobProgress(1, "3 terms"), status.Progress);
    }

    [Fact]
    public async Task SaysWhyThereIsNoResult()
    {
        await App.StartWorkerAsync(worker => worker.Handle<Sum, Total, SumHandler>());
        var handle = await App.Queue.EnqueueForResultAsync(new Sum([]), cancellationToken: Cancellation);

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => handle.GetResultAsync(Cancellation));
        Assert.Equal(JobState.Failed, failure.Status.State);
        Assert.Contains("Nothing to add.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsEachStepOfATrackedJob()
    {
        Runs.Behaviour = (run, _) => run.Context.Attempt < 2 ? throw new InvalidOperationException("first") : Task.CompletedTask;
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("steps"), Tracked with { Delay = TimeSpan.FromSeconds(1) }, Cancellation);

        var status = await App.Queue.Find(id).WaitAsync(Cancellation);

        Assert.Equal(
            [JobState.Scheduled, JobState.Ready, JobState.Running, JobState.Retrying, JobState.Ready, JobState.Running, JobState.Succeeded],
            status.History.Select(entry => entry.State));
        Assert.Contains("first", status.History[3].Error, StringComparison.Ordinal);
        Assert.NotNull(status.History[2].Worker);
        var ttl = await App.Redis.KeyTimeToLiveAsync(App.Keys().Job(id.Value));
        Assert.InRange(ttl!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task TheNotesOfAJobAreKeptUntilItHasEndedHoweverLongItWaits()
    {
        App.Configure = builder => builder.Services.Configure<FlaskyJobsOptions>(options => options.TrackedFor = TimeSpan.FromMinutes(5));
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (run, _) =>
        {
            run.Context.ReportProgress(0.5, "half");
            return gate.Task;
        };
        var waits = await App.Queue.EnqueueAsync(new Note("waits"), Tracked with { Delay = TimeSpan.FromDays(40), Unique = new JobUnique { Key = "k" } }, Cancellation);
        var runs = await App.Queue.EnqueueAsync(new Note("runs"), Tracked, Cancellation);
        Assert.InRange(await TtlAsync(waits), TimeSpan.FromDays(69), TimeSpan.FromDays(70));
        Assert.InRange(await TtlAsync(runs), TimeSpan.FromDays(29), TimeSpan.FromDays(30));

        await StartWorkerAsync();
        await Runs.NextAsync();
        await foreach (var status in App.Queue.Find(runs).WatchAsync(Cancellation))
        {
            if (status.Progress is not null)
                break;
        }
        Assert.InRange(await TtlAsync(runs), TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        gate.SetResult();
        await App.Queue.Find(runs).WaitAsync(Cancellation);
        Assert.InRange(await TtlAsync(runs), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

        await App.Queue.Find(waits).CancelAsync(Cancellation);
        Assert.InRange(await TtlAsync(waits), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.NotEqual(waits, await App.Queue.EnqueueAsync(new Note("again"), new EnqueueOptions { Unique = new JobUnique { Key = "k" } }, Cancellation));
    }

    [Fact]
    public async Task ShowsProgressToWhoWatches()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = async (run, _) =>
        {
            run.Context.ReportProgress(0.5, "half");
            await gate.Task;
        };
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("watch"), Tracked, Cancellation);

        var seen = new List<JobStatus>();
        await foreach (var status in App.Queue.Find(id).WatchAsync(Cancellation))
        {
            seen.Add(status);
            if (status.Progress is not null)
                gate.TrySetResult();
        }

        Assert.Contains(seen, status => status is { State: JobState.Running, Progress: { Fraction: 0.5, Message: "half" } });
        Assert.Equal(JobState.Succeeded, seen[^1].State);
    }

    [Fact]
    public async Task WaitingAsksRedisAFewTimesOnly()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("wait"), Tracked, Cancellation);
        await Runs.NextAsync();
        var before = App.Producer.Redis().GetCounters().Interactive.OperationCount;
        var waiting = App.Queue.Find(id).WaitAsync(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        gate.SetResult();

        Assert.Equal(JobState.Succeeded, (await waiting).State);
        Assert.InRange(App.Producer.Redis().GetCounters().Interactive.OperationCount - before, 1, 40);
    }

    [Fact]
    public async Task RefusesToWaitForAJobThatIsNotTracked()
    {
        var id = await App.Queue.EnqueueAsync(new Note("untracked"), cancellationToken: Cancellation);
        Assert.Null(await App.Queue.Find(id).GetStatusAsync(Cancellation));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => App.Queue.Find(id).WaitAsync(Cancellation));
        Assert.Contains("tracked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesOnlyNotesWithATimeToLive()
    {
        var worker = await StartWorkerAsync();
        var id = await App.Queue.EnqueueAsync(new Note("notes"), Tracked, Cancellation);
        await App.Queue.Find(id).WaitAsync(Cancellation);
        await worker.StopAsync(Cancellation);
        foreach (var key in (await App.FindKeysAsync()).Select(key => (string)key!))
            Assert.True(key.Contains(":ready", StringComparison.Ordinal) || await App.Redis.KeyTimeToLiveAsync(key) is not null, key);
    }

    [Fact]
    public async Task ProgressOfAJobWhoseNotesAreForgottenLeavesNothingBehind()
    {
        var worker = App.Store("worker");
        await worker.CreateGroupsAsync();
        var id = await App.Queue.EnqueueAsync(new Note("long"), Tracked, Cancellation);
        var job = Assert.Single((await worker.LookAsync(1, Enum.GetValues<JobPriority>())).Fetched.Jobs);
        await App.Redis.KeyDeleteAsync(App.Keys().Job(id.Value));

        Assert.True(await worker.ProgressAsync(job, "{}", tracked: true));

        Assert.False(await App.Redis.KeyExistsAsync(App.Keys().Job(id.Value)));
    }

    private async Task<TimeSpan> TtlAsync(JobId id) => (await App.Redis.KeyTimeToLiveAsync(App.Keys().Job(id.Value)))!.Value;
}
