using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Operations;

public sealed class ListTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task PagesOfJobsDueAtOneTimeHaveEachJobOnce()
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(1);
        var notes = Enumerable.Range(0, 25).Select(i => new Note($"{i}")).ToArray();
        await App.Queue.EnqueueManyAsync(notes, new EnqueueOptions { At = at }, Cancellation);

        var found = await ListAllAsync(new JobQuery { State = JobState.Scheduled, PageSize = 4 });

        Assert.Equal(25, found.Count);
        Assert.Equal(25, found.DistinctBy(job => job.Id).Count());
        Assert.Equal(found.OrderBy(job => job.Since).Select(job => job.Since), found.Select(job => job.Since));
    }

    [Fact]
    public async Task ThePlaceIsGoodAlthoughItsJobIsGone()
    {
        for (var i = 1; i <= 6; i++)
            await App.Queue.EnqueueAsync(new Note($"{i}"), new EnqueueOptions { Delay = TimeSpan.FromHours(i) }, Cancellation);
        var first = await Operations.ListAsync(Queue, new JobQuery { State = JobState.Scheduled, PageSize = 2 }, Cancellation);
        await Operations.CancelAsync(first.Jobs[1].Id, Cancellation);

        var second = await Operations.ListAsync(Queue, new JobQuery { State = JobState.Scheduled, PageSize = 2, After = first.Next }, Cancellation);
        Assert.Equal(["""{"text":"3"}""", """{"text":"4"}"""], second.Jobs.Select(job => job.Arguments));
        Assert.Equal(5, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
    }

    [Fact]
    public async Task ReadyJobsComeByPriorityAndRunningOnesWithTheirWorker()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        await StartWorkerAsync(options => options.Concurrency = 1);
        var running = await App.Queue.EnqueueAsync(new Note("running"), cancellationToken: Cancellation);
        await Runs.NextAsync();
        await App.Queue.EnqueueAsync(new Note("last"), new EnqueueOptions { Priority = JobPriority.Low }, Cancellation);
        for (var i = 0; i < 3; i++)
            await App.Queue.EnqueueAsync(new Note($"{i}"), cancellationToken: Cancellation);
        await App.Queue.EnqueueAsync(new Note("first"), new EnqueueOptions { Priority = JobPriority.Critical }, Cancellation);

        var ready = await ListAllAsync(new JobQuery { State = JobState.Ready, PageSize = 2 });
        Assert.Equal(["first", "0", "1", "2", "last"], ready.Select(job => job.Arguments[9..^2]));
        Assert.Equal(JobPriority.Low, ready[^1].Priority);
        var held = Assert.Single(await ListAllAsync(new JobQuery { State = JobState.Running }));
        Assert.Equal((running, "test.note", 1), (held.Id, held.Name, held.Deliveries));
        Assert.StartsWith(Environment.MachineName, held.Worker, StringComparison.Ordinal);
        gate.SetResult();
    }

    [Fact]
    public async Task FiltersFindByNameArgumentsErrorAndTime()
    {
        await EnqueueDeadAsync(["apple pie", "apple tart", "cherry pie"]);
        Task<List<JobSummary>> Dead(JobFilter filter) => ListAllAsync(new JobQuery { State = JobState.Failed, Filter = filter, PageSize = 1 });

        Assert.Equal(3, (await Dead(new JobFilter { Name = "test.note" })).Count);
        Assert.Empty(await Dead(new JobFilter { Name = "test" }));
        Assert.Equal(2, (await Dead(new JobFilter { ArgumentText = "apple" })).Count);
        Assert.Contains("no use for cherry pie", Assert.Single(await Dead(new JobFilter { ErrorText = "cherry" })).Error!, StringComparison.Ordinal);
        Assert.Single(await Dead(new JobFilter { ArgumentText = "pie", ErrorText = "apple" }));
        var hour = TimeProvider.System.GetUtcNow().AddHours(1);
        Assert.Equal(3, (await Dead(new JobFilter { CreatedBefore = hour })).Count);
        Assert.Empty(await Dead(new JobFilter { CreatedFrom = hour }));
    }

    [Fact]
    public async Task APageLooksAtABoundedNumberOfJobs()
    {
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 12_000).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var query = new JobQuery { State = JobState.Ready, Filter = new JobFilter { ArgumentText = "\"11999\"" } };

        var first = await Operations.ListAsync(Queue, query, Cancellation);
        Assert.Empty(first.Jobs);
        Assert.NotNull(first.Next);
        Assert.InRange(first.LookedAt, 5_000, 10_240);
        Assert.Single(await ListAllAsync(query));
    }

    [Fact]
    public async Task LargeArgumentsAreCutInListsAndWholeInOne()
    {
        var text = string.Concat(Enumerable.Repeat("ä", 5000));
        var id = await App.Queue.EnqueueAsync(new Note(text), new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);
        var listed = Assert.Single(await ListAllAsync(new JobQuery { State = JobState.Scheduled }));
        Assert.True(listed.Arguments.Length <= 1000 && listed.ArgumentsBytes > 5000);
        Assert.DoesNotContain('\uFFFD', listed.Arguments);
        Assert.Equal(listed.ArgumentsBytes, System.Text.Encoding.UTF8.GetByteCount((await Operations.FindAsync(id, Cancellation))!.Arguments!));
    }

    [Fact]
    public async Task WhatIsNoPlaceOrNotKeptIsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Operations.ListAsync(Queue, new JobQuery { State = JobState.Failed, After = "here" }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Operations.ListAsync(Queue, new JobQuery { State = JobState.Ready, After = "9-1-1" }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Operations.ListAsync(Queue, new JobQuery { State = JobState.Succeeded }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Operations.ListAsync(Queue, new JobQuery { State = JobState.Failed, PageSize = 257 }, Cancellation));
    }
}
