using System.Collections.Concurrent;
using Flasky.Jobs;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flasky.Tests.Jobs;

public sealed class PrefetchTests(Servers servers) : JobsTest(servers)
{
    /// <summary>So long that no job comes back by itself within a test.</summary>
    private static readonly TimeSpan LongLease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task WhatIsHandedBackUnstartedIsTakenAtOnceAndCostsNoDelivery()
    {
        var (full, other) = (App.Store("full"), App.Store("other"));
        await full.CreateGroupsAsync();
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 300).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var fetched = await full.ReadAsync(JobPriority.Normal, 300);
        var held = new HeldJobs();
        var jobs = held.Add(fetched.Jobs, leaseEnd: long.MaxValue);

        await new HandBack("default", full, held, LongLease, TimeProvider.System, NullLogger.Instance).UnstartedAsync(jobs);

        Assert.Empty(held.Snapshot());
        var (taken, lost, _) = await other.ReapAsync(LongLease, 300);
        Assert.Equal(0, lost);
        Assert.Equal(fetched.Jobs.Select(job => job.Job), taken.Select(job => job.Job));
        Assert.All(taken, job => Assert.Equal(1, job.Delivery));
    }

    [Fact]
    public async Task AWorkerFullOfLongJobsKeepsNoneBack()
    {
        const int Jobs = 3000;
        const int Long = 4;
        var gate = new TaskCompletionSource();
        var texts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var (full, all) = (new TaskCompletionSource(), new TaskCompletionSource());
        var longs = 0;
        Runs.Behaviour = (run, _) =>
        {
            var isLong = run.Job.Text.StartsWith("long", StringComparison.Ordinal);
            if (texts.AddOrUpdate(run.Job.Text, 1, (_, count) => count + 1) == 1)
            {
                if (isLong && Interlocked.Increment(ref longs) == Long)
                    full.TrySetResult();
                if (texts.Count == Jobs)
                    all.TrySetResult();
            }
            return isLong ? gate.Task : Task.CompletedTask;
        };
        await App.Queue.EnqueueManyAsync(
            Enumerable.Range(0, Jobs).Select(i => new Note(i is >= Jobs / 2 and < (Jobs / 2) + Long ? $"long {i}" : $"{i}")), cancellationToken: Cancellation);
        await StartWorkerAsync(options => (options.Concurrency, options.Lease) = (Long, LongLease));
        await full.Task.WaitAsync(Patience, Cancellation);

        await StartWorkerAsync(options => (options.Concurrency, options.Lease, options.PollInterval) = (Long, LongLease, TimeSpan.FromMilliseconds(50)));
        await all.Task.WaitAsync(Patience, Cancellation);

        gate.SetResult();
        await WaitUntilSettledAsync();
        Assert.All(texts, text => Assert.Equal(1, text.Value));
    }

    [Fact]
    public async Task AStopHandsBackWhatWasFetchedAhead()
    {
        const int Jobs = 5000;
        var runs = new ConcurrentBag<Run>();
        Runs.Behaviour = (run, _) =>
        {
            runs.Add(run);
            return Task.CompletedTask;
        };
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, Jobs).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var stopped = await StartWorkerAsync(options => options.Lease = LongLease);
        for (var i = 0; i < Jobs / 5; i++)
            await Runs.NextAsync();
        await stopped.StopAsync(Cancellation);

        await StartWorkerAsync(options => options.Lease = LongLease);
        await WaitUntilSettledAsync();

        Assert.Equal(Jobs, runs.Count);
        Assert.Equal(Jobs, runs.Select(run => run.Job.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.All(runs, run => Assert.Equal(1, run.Context.Delivery));
    }

    [Fact]
    public async Task WhatIsCancelledWhileItWaitsDoesNotStart()
    {
        var ran = new ConcurrentBag<string>();
        var first = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (run, _) =>
        {
            ran.Add(run.Job.Text);
            if (run.Job.Text != "1000")
                return Task.CompletedTask;
            first.SetResult();
            return gate.Task;
        };
        var ids = await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 2000).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        await StartWorkerAsync(options => (options.Concurrency, options.Lease) = (1, LongLease));
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        var cancelled = Enumerable.Range(1001, 20).ToArray();
        foreach (var number in cancelled)
            await App.Queue.Find(ids[number]).CancelAsync(Cancellation);
        gate.SetResult();
        await WaitUntilSettledAsync();

        Assert.Empty(cancelled.Select(number => $"{number}").Intersect(ran, StringComparer.Ordinal));
        Assert.Equal(2000 - cancelled.Length, ran.Count);
    }
}
