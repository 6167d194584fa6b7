using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class EnqueueManyTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task RunsEachOfManyJobsOnce()
    {
        var texts = Enumerable.Range(0, 1_500).Select(i => $"many {i}").ToArray();
        var ids = await App.Queue.EnqueueManyAsync(texts.Select(text => new Note(text)), cancellationToken: Cancellation);
        Assert.Equal(texts.Length, ids.Distinct().Count());
        Assert.Equal(texts.Length, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));

        await StartWorkerAsync();
        var ran = new List<JobId>();
        foreach (var _ in texts)
            ran.Add((await Runs.NextAsync()).Context.Id);
        await WaitUntilSettledAsync();
        Assert.Equal(ids.ToHashSet(), ran.ToHashSet());
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task SchedulesManyJobsWithADelay()
    {
        var ids = await App.Queue.EnqueueManyAsync(
            [new Note("a"), new Note("b")], new EnqueueOptions { Delay = TimeSpan.FromHours(1) }, Cancellation);
        Assert.Equal(2, ids.Count);
        Assert.Equal(2, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
    }

    [Fact]
    public async Task SchedulesAnEnvelopeOnceHoweverOftenItIsSentAndKeepsItsPriority()
    {
        JobEnvelope[] envelopes = [.. Enumerable.Range(0, 300).Select(i => App.Queue.Create(new Note($"{i}"), new EnqueueOptions
        {
            Delay = TimeSpan.FromMilliseconds(500),
            Priority = i % 2 == 0 ? JobPriority.High : JobPriority.Normal,
        }))];
        for (var i = 0; i < 3; i++)
            await App.Queue.SendAsync(envelopes, Cancellation);
        Assert.Equal(300, await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled));

        await StartWorkerAsync(options => options.Concurrency = 1);
        var ran = new List<int>();
        foreach (var _ in envelopes)
            ran.Add(int.Parse((await Runs.NextAsync()).Job.Text, System.Globalization.CultureInfo.InvariantCulture));
        await WaitUntilSettledAsync();
        await App.Queue.SendAsync(envelopes, Cancellation);
        await WaitUntilSettledAsync();

        Assert.True(Runs.NoneLeft);
        Assert.Equal(300, ran.Distinct().Count());
        Assert.True(ran.Where(number => number % 2 == 0).Average(ran.IndexOf) < ran.Where(number => number % 2 == 1).Average(ran.IndexOf));
    }

    [Fact]
    public async Task RefusesOneIdForManyJobs() =>
        await Assert.ThrowsAsync<ArgumentException>(() => App.Queue.EnqueueManyAsync(
            [new Note("a"), new Note("b")], new EnqueueOptions { Id = Guid.NewGuid() }, Cancellation));
}
