using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Testing;

public abstract class EnqueueConformanceTests(QueueUnderTest tested) : ConformanceTests(tested)
{
    private async Task<string[]> RunOrderAsync(int count)
    {
        await Tested.StartWorkerAsync();
        var order = new List<string>();
        await Tested.UntilAsync(async () =>
        {
            while (!Runs.NoneLeft)
                order.Add((await Runs.NextAsync()).Job.Text);
            return order.Count >= count;
        });
        return [.. order];
    }

    [Fact]
    public async Task HigherPrioritiesGoFirstAndEqualOnesInOrder()
    {
        foreach (var (text, priority) in new[] { ("l", JobPriority.Low), ("n1", JobPriority.Normal), ("h", JobPriority.High), ("n2", JobPriority.Normal), ("c", JobPriority.Critical) })
            await EnqueueAsync(text, new EnqueueOptions { Priority = priority });
        Assert.Equal(["c", "h", "n1", "n2", "l"], await RunOrderAsync(5));
    }

    [Fact]
    public async Task ManyJobsKeepTheirOrder()
    {
        var ids = await Queue.EnqueueManyAsync(Enumerable.Range(0, 20).Select(i => new Note($"{i}")), cancellationToken: Cancel);
        Assert.Equal(20, ids.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), await RunOrderAsync(20));
    }

    [Fact]
    public async Task OneIdIsOneJobHoweverOftenItIsSent()
    {
        var envelope = Queue.Create(new Note("once"), Tracked);
        await Queue.SendAsync([envelope], Cancel);
        await Queue.SendAsync([envelope], Cancel);
        Assert.Equal(envelope.Id, await EnqueueAsync("again", Tracked with { Id = envelope.Id.Value }));
        await Tested.StartWorkerAsync();
        Assert.Equal("Ready/0 Running/1@ Succeeded/1@", Steps(await EndAsync(envelope.Id)));
        await Queue.SendAsync([envelope], Cancel);
        var last = await EnqueueAsync("last");
        await EndAsync(last);
        Assert.Equal("once", (await Runs.NextAsync()).Job.Text);
        Assert.Equal("last", (await Runs.NextAsync()).Job.Text);
        Assert.True(Runs.NoneLeft);
    }

    [Theory]
    [InlineData(UniqueUntil.Ended)]
    [InlineData(UniqueUntil.Started)]
    [InlineData(UniqueUntil.Window)]
    public async Task AUniqueKeyIsHeldUntil(UniqueUntil until)
    {
        var options = Tracked with { Unique = new JobUnique { Key = "k", Until = until } };
        JobId? whileRunning = null;
        Runs.Behaviour = async (_, _) => whileRunning ??= await EnqueueAsync("while running", options);
        var first = await EnqueueAsync("first", options);
        Assert.Equal(first, await EnqueueAsync("second", options));
        await Tested.StartWorkerAsync();
        await EndAsync(first);
        Assert.Equal(until != UniqueUntil.Started, whileRunning == first);
        Assert.Equal(until == UniqueUntil.Window, await EnqueueAsync("after", options) == first);
    }

    [Fact]
    public async Task EqualArgumentsAreOneWhereContentIsUnique()
    {
        var options = new EnqueueOptions { Unique = new JobUnique() };
        var first = await EnqueueAsync("same", options);
        Assert.Equal(first, await EnqueueAsync("same", options));
        Assert.NotEqual(first, await EnqueueAsync("other", options));
    }

    [Fact]
    public async Task ACancelledJobLetsItsKeyGo()
    {
        var options = Tracked with { Delay = TimeSpan.FromHours(1), Unique = new JobUnique { Key = "k" } };
        var first = await EnqueueAsync("first", options);
        await Queue.Find(first).CancelAsync(Cancel);
        Assert.NotEqual(first, await EnqueueAsync("second", options));
    }

    [Fact]
    public async Task ADebouncedJobRunsOnceWithTheLastArguments()
    {
        var options = Tracked with { Debounce = new JobDebounce(TimeSpan.FromMilliseconds(500)) };
        var first = await EnqueueAsync("1", options);
        Assert.Equal(first, await EnqueueAsync("2", options));
        Assert.Equal(first, await EnqueueAsync("3", options));
        await Tested.StartWorkerAsync();
        Assert.Equal("Scheduled/0 Ready/0 Running/1@ Succeeded/1@", Steps(await EndAsync(first)));
        Assert.Equal("3", (await Runs.NextAsync()).Job.Text);
        Assert.True(Runs.NoneLeft);
        Assert.NotEqual(first, await EnqueueAsync("4", options));
    }

    [Fact]
    public async Task ADebouncedJobThatFailedBeginsAnewWhenItIsPutOff()
    {
        var options = Tracked with { Debounce = new JobDebounce(InAMoment) { AtMost = TimeSpan.FromMinutes(1) } };
        Runs.Behaviour = (run, _) => run.Job.Text == "unlucky" ? throw new JobRetryException(TimeSpan.FromHours(1), "not this one") : Task.CompletedTask;
        await Tested.StartWorkerAsync();
        var id = await EnqueueAsync("unlucky", options);
        await Tested.UntilAsync(async () => (await StatusAsync(id)).State == JobState.Retrying);

        Assert.Equal(id, await EnqueueAsync("lucky", options));

        Assert.Equal("Scheduled/0 Ready/0 Running/1@ Retrying/1@! Scheduled/0 Ready/0 Running/1@ Succeeded/1@", Steps(await EndAsync(id)));
        await Runs.NextAsync();
        Assert.Equal(("lucky", 1), (await Runs.NextAsync()) is var run ? (run.Job.Text, run.Context.Attempt) : default);
    }

    [Fact]
    public async Task AJobEnqueuedByAJobRunsToo()
    {
        Runs.Behaviour = async (run, _) =>
        {
            if (run.Job.Text == "parent")
                await EnqueueAsync("child", new EnqueueOptions());
        };
        await EnqueueAsync("parent", new EnqueueOptions());
        Assert.Equal(["parent", "child"], await RunOrderAsync(2));
    }
}

public sealed class EnqueueInMemoryTests() : EnqueueConformanceTests(new QueueInMemory());

public sealed class EnqueueInRedisTests(Servers servers) : EnqueueConformanceTests(new QueueInRedis(servers));
