using Flasky.Jobs.Testing;

namespace Flasky.Tests.Jobs.Testing;

public sealed class ManualClockTests
{
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> fired = [];

    private ITimer Timer(string name, int dueSeconds, int periodSeconds = -1) => clock.CreateTimer(
        _ => fired.Add($"{name} {clock.GetUtcNow():ss}"), null, TimeSpan.FromSeconds(dueSeconds), periodSeconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(periodSeconds));

    [Fact]
    public void TimersFireInOrderEachAtItsOwnTime()
    {
        using var late = Timer("late", 9);
        using var periodic = Timer("periodic", 2, 3);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(fired);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["periodic 02", "periodic 05", "periodic 08", "late 09"], fired);
        Assert.Equal(10, clock.GetUtcNow().Second);
    }

    [Fact]
    public void ATimerSetByATimerFiresOnTheWay()
    {
        ITimer? second = null;
        using var first = clock.CreateTimer(_ => second = Timer("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(5));
        second!.Dispose();
        Assert.Equal(["second 02"], fired);
    }

    [Fact]
    public void StoppedAndDisposedTimersDoNotFire()
    {
        var disposed = Timer("disposed", 1);
        disposed.Dispose();
        using var stopped = Timer("stopped", 1, 1);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(fired);
    }

    [Fact]
    public async Task DelaysAndTimeoutsFollowIt()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        await clock.FirstTimer;
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromSeconds(-1)));
    }
}
