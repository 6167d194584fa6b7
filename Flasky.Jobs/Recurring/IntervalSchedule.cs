using System.Globalization;

namespace Flasky.Jobs;

internal sealed class IntervalSchedule : JobSchedule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    private readonly TimeSpan interval;

    public IntervalSchedule(TimeSpan interval)
    {
        if (!Allows(interval))
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "An interval is 0.1 seconds to 3,660 days, in whole milliseconds.");
        this.interval = interval;
    }

    public static bool Allows(TimeSpan interval) =>
        interval >= Shortest && interval <= Longest && interval.Ticks % TimeSpan.TicksPerMillisecond == 0;

    internal override DateTimeOffset? Next(DateTimeOffset tick, DateTimeOffset now) =>
        (now < tick ? tick : Last(tick, now) + interval);

    internal override DateTimeOffset Last(DateTimeOffset tick, DateTimeOffset now) =>
        tick + (interval * ((now - tick).Ticks / interval.Ticks));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"every {(long)interval.TotalMilliseconds}");
}
