using Flasky.Benchmarks.Soak;
using Flasky.Benchmarks.Soak.Check;
using Flasky.Benchmarks.Soak.Faults;
using Flasky.Benchmarks.Soak.Processes;

namespace Flasky.Tests.Benchmarks;

/// <summary>Whether the soak's checker finds what was planted, and only that. Times are seconds of the run.</summary>
public sealed class CheckerTests
{
    private const int Killed = 100;
    private const int Other = 200;

    private readonly Dictionary<int, TimeSpan?> sent = [];
    private readonly Dictionary<int, JobPlan> plans = [];
    private readonly Dictionary<int, string> dead = [];
    private readonly List<Run> runs = [];
    private readonly List<Fault> faults = [];

    [Fact]
    public void FindsNothingWhereNothingIsWrong()
    {
        Send(1, at: 1);
        RunFor(1, started: 2);
        Send(2, at: 1, JobKind.Flaky, failures: 1);
        RunFor(2, started: 2, end: RunEnd.Failed);
        RunFor(2, started: 4, attempt: 2);
        Send(3, at: 1, JobKind.Discarded);
        RunFor(3, started: 2, end: RunEnd.Discarded);
        dead[3] = "Discarded: ";

        var found = Check();

        AssertClean(found);
        Assert.Equal((3, 2, 1), (found.Acknowledged, found.Done, found.Dead));
        Assert.Equal(2, found.JobsByRuns[1]);
        Assert.Equal(1, found.JobsByRuns[2]);
    }

    [Fact]
    public void FindsALostJobAndOneThatOnlyStarted()
    {
        Send(1, at: 1);
        Send(2, at: 1);
        RunFor(2, started: 2, end: RunEnd.None);

        Assert.Equal([1, 2], Check().Lost);
    }

    [Fact]
    public void DoesNotMissWhatWasNeverAcknowledged()
    {
        sent[1] = null;
        plans[1] = Plan(JobKind.Plain, 0);

        var found = Check();

        Assert.Empty(found.Lost);
        Assert.Equal(1, found.Unknown);
    }

    [Theory]
    [InlineData(true, 19, true)]
    [InlineData(true, 17, false)]
    [InlineData(false, 19, false)]
    public void ExcusesALossOnlyByACrashOfRedisRightAfterTheAcknowledgement(bool crash, int acknowledged, bool excused)
    {
        Send(1, at: acknowledged);
        faults.Add(new Fault(crash ? FaultKind.RedisLostUnsynced : FaultKind.RedisStopped, Second(20), Second(21)));

        var found = Check();

        Assert.Equal(excused ? [1] : [], found.LostUnsynced);
        Assert.Equal(excused ? [] : [1], found.Lost);
    }

    [Fact]
    public void FindsADeliveryThatRanTwice()
    {
        Send(1, at: 1);
        RunFor(1, started: 2);
        RunFor(1, started: 3, process: Other);

        Assert.Equal([1], Check().RanTwice);
    }

    [Fact]
    public void AllowsASecondDeliveryAndOneThatRedisForgotOrAWorkerHandedBack()
    {
        Send(1, at: 1);
        RunFor(1, started: 2);
        RunFor(1, started: 9, delivery: 2, process: Other);
        Send(2, at: 1);
        RunFor(2, started: 19);
        RunFor(2, started: 22, process: Other);
        faults.Add(new Fault(FaultKind.RedisLostUnsynced, Second(20), Second(21)));
        Send(3, at: 30);
        RunFor(3, started: 31, end: RunEnd.Stopped, process: Killed, ended: 33);
        RunFor(3, started: 33, process: Other);
        faults.Add(new Fault(FaultKind.WorkerTerminated, Second(32), Second(34), Killed));

        AssertClean(Check());
    }

    [Theory]
    [InlineData("Discarded: ")]
    [InlineData("Attempt 5 of 5 failed")]
    public void FindsAJobThatEndedInTwoWays(string reason)
    {
        Send(1, at: 1);
        RunFor(1, started: 2);
        dead[1] = reason;

        Assert.Equal([1], Check().EndedWrongly);
    }

    [Fact]
    public void FindsAJobThatWasToDieAndDidNotAndOneThatNobodySent()
    {
        Send(1, at: 1, JobKind.Hopeless, failures: SoakOptions.MaxAttempts);
        RunFor(1, started: 2);
        plans[2] = Plan(JobKind.Plain, 0);
        RunFor(2, started: 2);

        Assert.Equal([1, 2], Check().EndedWrongly);
    }

    [Fact]
    public void NamesParkedJobsAndTakesThemForDead()
    {
        Send(1, at: 1);
        dead[1] = "Handed out 5 times";

        var found = Check();

        AssertClean(found);
        Assert.Equal([1], found.Parked);
    }

    [Fact]
    public void FindsAnAttemptAndADeliveryTooMany()
    {
        Send(1, at: 1);
        RunFor(1, started: 2, end: RunEnd.Failed);
        RunFor(1, started: 3, attempt: 2);
        Send(2, at: 1);
        RunFor(2, started: 2, delivery: SoakOptions.MaxDeliveries + 1);

        Assert.Equal([1, 2], Check().RanTooOften);
    }

    [Fact]
    public void FindsAnAttemptThatALostWorkerSpent()
    {
        Send(1, at: 1, JobKind.Flaky, failures: 1);
        RunFor(1, started: 2, end: RunEnd.None);
        RunFor(1, started: 8, attempt: 2);

        Assert.Equal([1], Check().AttemptsUnexplained);
    }

    [Fact]
    public void FindsAJobThatStartedBeforeItWasDue()
    {
        Send(1, at: 1, JobKind.Delayed);
        RunFor(1, started: 4.99, due: 5);
        Send(2, at: 1, JobKind.Delayed);
        RunFor(2, started: 5, due: 5);

        Assert.Equal([1], Check().StartedEarly);
    }

    [Fact]
    public void MeasuresTakeOversAndSetsThoseInOutagesApart()
    {
        Send(1, at: 1);
        RunFor(1, started: 9, end: RunEnd.None, process: Killed);
        RunFor(1, started: 15.5, delivery: 2, process: Other);
        faults.Add(new Fault(FaultKind.WorkerKilled, Second(10), Second(10), Killed));

        Assert.Equal([5.5], Check().TakeOvers);

        faults.Add(new Fault(FaultKind.RedisStopped, Second(12), Second(22)));

        Assert.Empty(Check().TakeOvers);
        Assert.Equal([5.5], Check().TakeOversInOutages);
    }

    [Fact]
    public void CountsWhatAStoppedWorkerLostAndFinishedAllTheSame()
    {
        Send(1, at: 1);
        RunFor(1, started: 9, process: Killed, ended: 21);
        RunFor(1, started: 17, delivery: 2, process: Other);
        Send(2, at: 1);
        RunFor(2, started: 2, process: Killed, ended: 3);
        faults.Add(new Fault(FaultKind.WorkerStopped, Second(10), Second(20), Killed));

        var found = Check();

        Assert.Equal((1, 1), (found.LostByStopped, found.FinishedLate));
        AssertClean(found);
    }

    private void Send(int job, double at, JobKind kind = JobKind.Plain, int failures = 0)
    {
        sent[job] = Second(at);
        plans[job] = Plan(kind, failures);
    }

    private static JobPlan Plan(JobKind kind, int failures) => new(kind, TimeSpan.Zero, failures, TimeSpan.Zero);

    private void RunFor(
        int job, double started, int attempt = 1, int delivery = 1, RunEnd end = RunEnd.Succeeded, int process = Other, double due = 0, double? ended = null) =>
        runs.Add(new Run(job, attempt, delivery, process, Second(due), Second(started), end is RunEnd.None ? null : Second(ended ?? started), end));

    private Findings Check() =>
        new Checker(new Evidence { PlanOf = job => plans[job], Sent = sent, Runs = runs, Faults = faults, Dead = dead }).Check();

    private static void AssertClean(Findings found) => Assert.Empty((int[])
        [.. found.Lost, .. found.LostUnsynced, .. found.EndedWrongly, .. found.RanTwice, .. found.RanTooOften, .. found.AttemptsUnexplained, .. found.StartedEarly]);

    private static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);
}
