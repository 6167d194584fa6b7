using System.Globalization;

namespace Flasky.Jobs;

/// <summary>What is allowed to what a <see cref="LimitScope"/> names, over all workers. Immutable.</summary>
public sealed record JobLimit
{
    /// <param name="concurrency">See <see cref="Concurrency"/>.</param>
    /// <param name="rate">See <see cref="Rate"/>.</param>
    /// <exception cref="ArgumentException">Neither is given: to lift a limit, remove it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="concurrency"/> is less than 1: to stop a queue, pause it.</exception>
    public JobLimit(int? concurrency = null, JobRate? rate = null)
    {
        if (concurrency is null && rate is null)
            throw new ArgumentException("A limit needs a concurrency, a rate, or both. To lift one, remove it.", nameof(concurrency));
        if (concurrency < 1)
            throw new ArgumentOutOfRangeException(nameof(concurrency), concurrency, "A concurrency is at least 1. To stop a queue, pause it.");
        (Concurrency, Rate) = (concurrency, rate);
    }

    /// <summary>The most jobs that run at once. Null: any number.</summary>
    public int? Concurrency { get; }

    /// <summary>How often one may start, a further attempt included. Null: as often as can be.</summary>
    public JobRate? Rate { get; }

    /// <summary>As it is stored: what lib/rates.lua reads, and behind it what only people ask for.</summary>
    internal string Write() => string.Create(CultureInfo.InvariantCulture,
        $"{Concurrency ?? 0} {(Rate is { } rate ? rate.Period.TotalMilliseconds / rate.Permits : 0):0.######} {Rate?.Burst ?? 0} {Rate?.Permits ?? 0} {Rate?.Period.Ticks ?? 0}");

    /// <exception cref="FormatException">Another version wrote it.</exception>
    internal static JobLimit Read(string text)
    {
        if (text.Split(' ') is not [var most, _, var burst, var permits, var period])
            throw new FormatException($"The limit '{text}' was written by another version.");
        var (concurrency, rate) = (Number(most), Number(permits));
        return new JobLimit(
            concurrency > 0 ? (int)concurrency : null,
            rate > 0 ? JobRate.Per(TimeSpan.FromTicks(Number(period)), (int)rate, (int)Number(burst)) : null);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
