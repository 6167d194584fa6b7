using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Testing;

namespace Flasky.Tests.Jobs;

public sealed class WaitingJobsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ManualClock time = new();

    [Fact]
    public void JobsThatEndInAMomentAreFetchedAheadUpToTheMost()
    {
        var waiting = new WaitingJobs(128, Patience, time);
        Assert.Equal(128, Pace(waiting, jobsPerMs: 50, milliseconds: 100));
        Assert.Equal(75, Pace(waiting, jobsPerMs: 15, milliseconds: 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void LongJobsAreNotEvenIfTheyEndTogether(int together)
    {
        var waiting = new WaitingJobs(128, Patience, time);
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(0, waiting.Room());
            for (var job = 0; job < together; job++)
                waiting.CountEnded();
            time.Advance(TimeSpan.FromMilliseconds(5));
            Assert.Equal(0, waiting.Room());
        }
    }

    [Fact]
    public void NothingIsFetchedAheadWhereThatIsNotWanted() =>
        Assert.Equal(0, Pace(new WaitingJobs(0, Patience, time), jobsPerMs: 50, milliseconds: 100));

    [Fact]
    public void WhatWaitedTooLongIsNotStarted()
    {
        var waiting = new WaitingJobs(128, Patience, time);
        RunningJob[] jobs = [Job(1), Job(2), Job(3)];
        waiting.Add(jobs, free: 1);
        time.Advance(Patience + TimeSpan.FromMilliseconds(1));

        // For the first one there was a slot, so it was never ahead of anything.
        Assert.True(waiting.TryTake(out var first));
        Assert.Same(jobs[0], first);
        Assert.False(waiting.TryTake(out _));
        Assert.Equal(jobs[1..], waiting.TakeLate());
        Assert.Equal(0, waiting.Count);
    }

    [Fact]
    public void TellsWhenItIsTimeToFetchMore()
    {
        var waiting = new WaitingJobs(128, Patience, time);
        var told = 0;
        waiting.OnLow = () => told++;
        Assert.Equal(128, Pace(waiting, jobsPerMs: 50, milliseconds: 100));
        waiting.Add([.. Enumerable.Range(0, 128).Select(Job)], free: 0);
        Assert.Equal(0, waiting.Room());
        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(0, told);
            Assert.True(waiting.TryTake(out _));
        }
        Assert.Equal(1, told);
        Assert.Equal(64, waiting.Room());
    }

    private int Pace(WaitingJobs waiting, int jobsPerMs, int milliseconds)
    {
        var room = waiting.Room();
        for (var ms = 0; ms < milliseconds; ms++)
        {
            for (var job = 0; job < jobsPerMs; job++)
                waiting.CountEnded();
            time.Advance(TimeSpan.FromMilliseconds(1));
            room = waiting.Room();
        }
        return room;
    }

    private static RunningJob Job(int number) =>
        new(new ClaimedJob { EntryId = $"1-{number}", Queue = "default", Priority = JobPriority.Normal, Delivery = 1, Job = "", Arguments = [] });
}
