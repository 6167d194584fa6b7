using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Testing;

public abstract class LifeConformanceTests(QueueUnderTest tested) : ConformanceTests(tested)
{
    [Fact]
    public async Task ATrackedJobTellsItsStepsProgressAndResult()
    {
        var handle = await Queue.EnqueueForResultAsync(new Sum([1, 2, 39]), cancellationToken: Cancel);
        Assert.Equal("Ready/0", Steps(await StatusAsync(handle.Id)));
        await Tested.StartWorkerAsync();
        var status = await EndAsync(handle.Id);
        Assert.Equal("Ready/0 Running/1@ Succeeded/1@", Steps(status));
        Assert.Equal((JobState.Succeeded, 1, "test.sum", null, """{"value":42}"""), (status.State, status.Attempt, status.Name, status.Error, status.Result));
        Assert.Equal(new JobProgress(1, "3 terms"), status.Progress);
        Assert.Equal(42, (await handle.GetResultAsync(Cancel)).Value);
    }

    [Fact]
    public async Task ADiscardedJobHasNoResultAndSaysWhy()
    {
        var handle = await Queue.EnqueueForResultAsync(new Sum([]), cancellationToken: Cancel);
        await Tested.StartWorkerAsync();
        Assert.Equal("Ready/0 Running/1@ Failed/1@!", Steps(await EndAsync(handle.Id)));
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => handle.GetResultAsync(Cancel));
        Assert.Equal("Discarded: Nothing to add.", failure.Status.Error);
    }

    [Fact]
    public async Task AFailingJobIsTriedAgainUntilItIsDead()
    {
        Runs.Behaviour = (run, _) => throw new InvalidOperationException($"no {run.Context.Attempt}");
        var id = await EnqueueAsync("fails", Tracked with { Delay = InAMoment });
        var waiting = await StatusAsync(id);
        Assert.Equal((JobState.Scheduled, true), (waiting.State, waiting.DueAt is not null));
        await Tested.StartWorkerAsync();
        var status = await EndAsync(id);
        Assert.Equal("Scheduled/0 Ready/0 Running/1@ Retrying/1@! Ready/1 Running/2@ Retrying/2@! Ready/2 Running/3@ Failed/3@!", Steps(status));
        Assert.StartsWith("Attempt 3 of 3 failed: System.InvalidOperationException: no 3", status.Error, StringComparison.Ordinal);
        Assert.Equal((JobState.Failed, 3, null), (status.State, status.Attempt, status.DueAt));
    }

    [Fact]
    public async Task ASnoozeSpendsNoAttempt()
    {
        var snoozed = false;
        Runs.Behaviour = (_, _) =>
        {
            if (snoozed)
                return Task.CompletedTask;
            snoozed = true;
            throw new JobSnoozedException(TimeSpan.FromMilliseconds(30), "not now");
        };
        var id = await EnqueueAsync("snoozes");
        await Tested.StartWorkerAsync();
        Assert.Equal("Ready/0 Running/1@ Scheduled/0@! Ready/0 Running/1@ Succeeded/1@", Steps(await EndAsync(id)));
    }

    [Fact]
    public async Task OfAnUntrackedJobOnlyWaitingAndDeathAreKnown()
    {
        Runs.Behaviour = (run, _) => run.Job.Text == "dies" ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        var ready = await EnqueueAsync("ready", new EnqueueOptions());
        var later = await EnqueueAsync("later", new EnqueueOptions { Delay = TimeSpan.FromHours(1) });
        var dies = await EnqueueAsync("dies", new EnqueueOptions());
        Assert.Null(await Queue.Find(ready).GetStatusAsync(Cancel));
        Assert.Equal((JobState.Scheduled, 0, "test.note"), (await StatusAsync(later) is var status ? (status.State, status.Attempt, status.Name) : default));
        await Tested.StartWorkerAsync();
        var dead = await EndAsync(dies);
        Assert.Equal((JobState.Failed, 3, 3), (dead.State, dead.Attempt, dead.History.Count));
        Assert.Null(await Queue.Find(ready).GetStatusAsync(Cancel));
    }

    [Fact]
    public async Task AJobThatNobodyHandlesIsDeadWithTheReason()
    {
        var strange = Queue.Create(new Note("strange")) with { Name = "test.unheard-of" };
        await Queue.SendAsync([strange], Cancel);
        await Tested.StartWorkerAsync();
        var status = await EndAsync(strange.Id);
        Assert.Equal((JobState.Failed, 0, "This worker has no handler for the job 'test.unheard-of'."), (status.State, status.Attempt, status.Error));
    }

    [Fact]
    public async Task AJobWhoseTimeHasPassedExpires()
    {
        var id = await EnqueueAsync("late", Tracked with { ExpiresAfter = TimeSpan.FromMilliseconds(1), Delay = InAMoment });
        await Tested.StartWorkerAsync();
        var status = await EndAsync(id);
        Assert.Equal("Scheduled/0 Ready/0 Expired/0@!", Steps(status));
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task CancellingAnswersByWhereTheJobIs()
    {
        Runs.Behaviour = (run, token) => run.Job.Text == "running" ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var scheduled = await EnqueueAsync("scheduled", Tracked with { Delay = TimeSpan.FromHours(1) });
        var ready = await EnqueueAsync("ready");
        var untracked = await EnqueueAsync("untracked", new EnqueueOptions());
        var running = await EnqueueAsync("running");
        Assert.Equal(JobCancellation.Cancelled, await Queue.Find(scheduled).CancelAsync(Cancel));
        Assert.Equal(JobCancellation.Cancelled, await Queue.Find(scheduled).CancelAsync(Cancel));
        Assert.Equal(JobCancellation.Cancelled, await Queue.Find(ready).CancelAsync(Cancel));
        Assert.Equal(JobCancellation.Requested, await Queue.Find(untracked).CancelAsync(Cancel));
        Assert.Equal("Scheduled/0 Cancelled/0", Steps(await StatusAsync(scheduled)));

        await Tested.StartWorkerAsync();
        var ended = Task.Run(() => Tested.UntilEndedAsync(running), Cancel);
        Assert.Equal("running", (await Runs.NextAsync()).Job.Text);
        Assert.Equal(JobCancellation.Requested, await Queue.Find(running).CancelAsync(Cancel));
        await ended;
        Assert.Equal("Ready/0 Running/1@ Cancelled/1@", Steps(await StatusAsync(running)));
        var done = await EnqueueAsync("done");
        await EndAsync(done);
        Assert.Equal(JobCancellation.TooLate, await Queue.Find(done).CancelAsync(Cancel));
        Assert.Equal("done", (await Runs.NextAsync()).Job.Text);
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task WatchingShowsEachChangeUntilTheEnd()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = async (run, _) =>
        {
            run.Context.ReportProgress(0.5, "half");
            await gate.Task;
        };
        var id = await EnqueueAsync("watched");
        await Tested.StartWorkerAsync();
        var ended = Task.Run(() => Tested.UntilEndedAsync(id), Cancel);
        var seen = new List<JobState>();
        await foreach (var status in Queue.Find(id).WatchAsync(Cancel))
        {
            seen.Add(status.State);
            if (status.Progress?.Message == "half")
                gate.TrySetResult();
        }
        await ended;
        Assert.Equal(JobState.Succeeded, seen[^1]);
        Assert.Contains(JobState.Running, seen);
    }
}

public sealed class LifeInMemoryTests() : LifeConformanceTests(new QueueInMemory());

public sealed class LifeInRedisTests(Servers servers) : LifeConformanceTests(new QueueInRedis(servers));
