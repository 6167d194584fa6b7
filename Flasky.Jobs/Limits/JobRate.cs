using System.Globalization;

namespace Flasky.Jobs;

/// <summary>
/// How often jobs may start. Permits come evenly: one every period / permits. Those that are not used gather up to the burst, so within any
/// window of time there start at most <see cref="Burst"/> jobs more than come in it. Immutable.
/// </summary>
public sealed record JobRate
{
    private JobRate(int permits, TimeSpan period, int burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(burst, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        if (period / permits is var interval && (interval < TimeSpan.FromMicroseconds(10) || interval > TimeSpan.FromDays(31)))
            throw new ArgumentOutOfRangeException(nameof(permits), permits, $"{permits} in {period} is one every {interval}; a rate is from one in 31 days to 100,000 a second.");
        (Permits, Period, Burst) = (permits, period, burst);
    }

    /// <summary>Jobs that may start in a <see cref="Period"/>, in the long run.</summary>
    public int Permits { get; }

    /// <summary>The time that <see cref="Permits"/> come in.</summary>
    public TimeSpan Period { get; }

    /// <summary>Jobs that may start at once after a time of calm. One means: never two at once.</summary>
    public int Burst { get; }

    /// <summary>So many a second.</summary>
    /// <param name="permits">At least 1.</param>
    /// <param name="burst">From 1 to 1,000,000. Default: 1. A worker looks every few milliseconds at most, so a rate of hundreds a second needs a burst of some percent of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rate.</exception>
    public static JobRate PerSecond(int permits, int burst = 1) => new(permits, TimeSpan.FromSeconds(1), burst);

    /// <summary>So many a minute.</summary>
    /// <inheritdoc cref="PerSecond"/>
    public static JobRate PerMinute(int permits, int burst = 1) => new(permits, TimeSpan.FromMinutes(1), burst);

    /// <summary>So many an hour.</summary>
    /// <inheritdoc cref="PerSecond"/>
    public static JobRate PerHour(int permits, int burst = 1) => new(permits, TimeSpan.FromHours(1), burst);

    /// <summary>So many in a period of one's own.</summary>
    /// <inheritdoc cref="PerSecond"/>
    public static JobRate Per(TimeSpan period, int permits, int burst = 1) => new(permits, period, burst);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Permits} per {Period:c}, burst {Burst}");
}
