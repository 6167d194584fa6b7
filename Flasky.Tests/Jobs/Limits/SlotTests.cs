using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Tests.Jobs.Limits;

/// <summary>A slot is held from hand-out to settlement, whatever becomes of the job.</summary>
public sealed class SlotTests(Servers servers) : LimitsTest(servers)
{
    private static readonly EnqueueOptions Keyed = new() { LimitKey = "key" };

    public enum Ending
    {
        Success,
        TrackedSuccess,
        Retry,
        Snooze,
        Discard,
        LastAttempt,
        Cancel,
        Expiry,
    }

    [Theory]
    [InlineData(Ending.Success)]
    [InlineData(Ending.TrackedSuccess)]
    [InlineData(Ending.Retry)]
    [InlineData(Ending.Snooze)]
    [InlineData(Ending.Discard)]
    [InlineData(Ending.LastAttempt)]
    [InlineData(Ending.Cancel)]
    [InlineData(Ending.Expiry)]
    public async Task ASlotIsFreeWhenTheJobIsSettled(Ending ending)
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        Runs.Behaviour = (run, token) => run switch
        {
            { Job.Text: not "first" } or { Context.Attempt: > 1 } => Task.CompletedTask,
            _ => ending switch
            {
                Ending.Retry or Ending.LastAttempt => throw new InvalidOperationException("fails"),
                Ending.Snooze when run.Context.Delivery == 1 && Interlocked.Increment(ref snoozes) == 1 => throw new JobSnoozedException(TimeSpan.FromMilliseconds(50)),
                Ending.Discard => throw new JobDiscardedException("no use"),
                Ending.Cancel => Task.Delay(Timeout.Infinite, token),
                _ => Task.CompletedTask,
            },
        };
        await StartListeningAsync(worker => worker.Configure(options => options.MaxAttempts = ending == Ending.LastAttempt ? 1 : 3));
        await App.WaitUntilIdleAsync();
        var first = await App.Queue.EnqueueAsync(new Note("first"), Keyed with
        {
            Tracked = ending == Ending.TrackedSuccess,
            ExpiresAfter = ending == Ending.Expiry ? TimeSpan.FromTicks(1) : null,
        }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("second"), Keyed, Cancellation);

        if (ending != Ending.Expiry)
            Assert.Equal("first", (await Runs.NextAsync()).Job.Text);
        if (ending == Ending.Cancel)
            Assert.Equal(JobCancellation.Requested, await App.Queue.Find(first).CancelAsync(Cancellation));
        var runs = new List<string> { (await Runs.NextAsync()).Job.Text };
        if (ending is Ending.Retry or Ending.Snooze)
            runs.Add((await Runs.NextAsync()).Job.Text);
        Assert.Contains("second", runs);
        await AssertDrainedAsync();
    }

    [Fact]
    public async Task AJobThatWaitsForItsNextAttemptHoldsNone()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        var worker = await NewStoreAsync();
        await EnqueueAsync("fails", "key");
        await EnqueueAsync("next", "key");
        var failed = Assert.Single(await TakeAsync(worker, 10));
        await worker.SettleAsync(failed, new Settlement
        {
            State = JobState.Retrying,
            Attempt = 1,
            Job = failed.Job,
            History = "",
            Directives = JobDirectives.Read(JobHeaders.Read(WireJob.Parse(failed.Job)!.Value.Headers)),
            Delay = TimeSpan.FromMilliseconds(1),
        }, 10);

        var next = Assert.Single(await TakeAsync(worker, 10));
        Assert.Equal(["next"], Texts([next]));
        // Due in the meantime, it waits in its lane like any other.
        Assert.Empty(await TakeAsync(worker, 10));
        await SucceedAsync(worker, next);
        Assert.Equal(["fails"], Texts(await TakeAsync(worker, 10)));
    }

    [Fact]
    public async Task AKilledWorkersJobHoldsItsSlotUntilAnotherHasSettledIt()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        var (dead, other) = (await NewStoreAsync("dead"), await NewStoreAsync("other"));
        await EnqueueAsync("orphan", "key");
        await EnqueueAsync("next", "key");
        var lost = Assert.Single(await TakeAsync(dead, 10));
        Assert.Empty(await TakeAsync(other, 10));

        ClaimedJob[] taken;
        while ((taken = (await other.ReapAsync(TimeSpan.FromMilliseconds(1), 10)).Jobs).Length == 0)
            await Task.Delay(2, Cancellation);
        Assert.Empty(await TakeAsync(other, 10));
        Assert.Equal(SettleReply.Refused, await SucceedAsync(dead, lost));
        Assert.Empty(await TakeAsync(other, 10));

        Assert.Equal(SettleReply.Settled, await SucceedAsync(other, taken[0]));
        var next = Assert.Single(await TakeAsync(other, 10));

        // Repeated, because the reply was lost: it must not free what is another's now.
        Assert.Equal(SettleReply.Refused, await SucceedAsync(other, taken[0]));
        await EnqueueAsync("third", "key");
        Assert.Empty(await TakeAsync(other, 10));
        await SucceedAsync(other, next);
        Assert.Single(await TakeAsync(other, 10));
    }

    [Fact]
    public async Task AJobThatIsHandedBackKeepsItsSlotForTheNextWorker()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        var first = new Runs { Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token) };
        var stopping = await StartListeningAsync(runs: first, shutdown: TimeSpan.FromSeconds(1));
        await EnqueueAsync("handed back", "key");
        await first.NextAsync();
        await EnqueueAsync("next", "key");
        await StartListeningAsync();
        await App.WaitUntilIdleAsync();

        await stopping.StopAsync(Cancellation);

        var again = await Runs.NextAsync();
        Assert.Equal(("handed back", 1), (again.Job.Text, again.Context.Delivery));
        Assert.Equal("next", (await Runs.NextAsync()).Job.Text);
        await AssertDrainedAsync();
    }

    [Fact]
    public async Task SlotsOfJobsThatRedisLostAreFreed()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 2);
        var worker = await NewStoreAsync();
        for (var i = 0; i < 4; i++)
            await EnqueueAsync($"{i}", "key");
        var lost = await TakeAsync(worker, 2);
        var stream = App.Keys().ReadyLanes;
        await App.Redis.ExecuteAsync("XACK", stream, JobKeys.Group, lost[0].EntryId);
        await App.Redis.ExecuteAsync("XDEL", stream, lost[0].EntryId);

        Assert.Equal(["2"], Texts(await TakeAsync(worker, 10)));
        Assert.Empty(await TakeAsync(worker, 10));
    }

    [Fact]
    public async Task LanesGoOnAfterTheStreamAndItsGroupAreLost()
    {
        await SetAsync(LimitScope.Key("key"), concurrency: 1);
        await StartWorkerAsync();
        await EnqueueAsync("before", "key");
        await Runs.NextAsync();
        await App.Redis.KeyDeleteAsync(App.Keys().ReadyLanes);
        await EnqueueAsync("after", "key");
        Assert.Equal("after", (await Runs.NextAsync()).Job.Text);
        await AssertDrainedAsync();
    }

    private int snoozes;
}
