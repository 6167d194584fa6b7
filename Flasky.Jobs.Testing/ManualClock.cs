namespace Flasky.Jobs.Testing;

/// <summary>
/// A clock that moves, and timers that fire, only when a test says so. Each timer fires at its own time and in order, also one that
/// another one sets on the way, and before <see cref="Advance"/> returns. Safe for concurrent use.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly TaskCompletionSource firstTimer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset now;

    /// <summary>A clock that stands.</summary>
    /// <param name="start">What it shows. Null: 2030-01-01 00:00 UTC.</param>
    public ManualClock(DateTimeOffset? start = null) => now = (start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Completes when the first timer has been set: what is under test waits for the clock now.</summary>
    public Task FirstTimer => firstTimer.Task;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        firstTimer.TrySetResult();
        return timer;
    }

    /// <summary>Moves the clock forward and fires what becomes due.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves the clock forward to a time and fires what becomes due; nothing happens if it is later already.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (NextUntil(time) is { } due)
            due.Fire();
    }

    private ManualTimer? NextUntil(DateTimeOffset time)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= time).MinBy(timer => timer.Due);
            now = next is null ? Later(time) : Later(next.Due!.Value);
            next?.MoveOn();
            return next;
        }
    }

    private DateTimeOffset Later(DateTimeOffset time) => time > now ? time.ToUniversalTime() : now;

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        /// <summary>Null: it does not run.</summary>
        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                if (!clock.timers.Contains(this))
                    clock.timers.Add(this);
            }
            return true;
        }

        public void MoveOn() => Due = period > TimeSpan.Zero ? Due + period : null;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
