namespace Flasky.Benchmarks.Soak;

internal enum JobKind
{
    /// <summary>Ends at once.</summary>
    Plain,

    /// <summary>Not due before a while.</summary>
    Delayed,

    /// <summary>Fails a few times, then succeeds.</summary>
    Flaky,

    /// <summary>Fails until its attempts are used up.</summary>
    Hopeless,

    /// <summary>Discards itself.</summary>
    Discarded,

    /// <summary>Takes a while and stops when it is told to.</summary>
    Long,

    /// <summary>Takes a while and finishes even when it is told to stop.</summary>
    Stubborn,

    /// <summary>The same for longer than the lease: whoever was taken over meets the new owner still at it.</summary>
    Marathon,
}

/// <summary>What one job does. It follows from the seed and the job's number, so every process, and the checker, knows it.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Delay">From the enqueue until it is due.</param>
/// <param name="Failures">Attempts that fail before one succeeds.</param>
/// <param name="Work">How long the handler takes.</param>
internal sealed record JobPlan(JobKind Kind, TimeSpan Delay, int Failures, TimeSpan Work)
{
    /// <summary>Attempts that the job needs to end.</summary>
    public int Attempts => Kind is JobKind.Hopeless ? SoakOptions.MaxAttempts : Failures + 1;

    public bool EndsDead => Kind is JobKind.Hopeless or JobKind.Discarded;

    public static JobPlan Of(int seed, int number)
    {
        var random = RandomOf(seed, number);
        return random.Next(100) switch
        {
            < 60 => new(JobKind.Plain, TimeSpan.Zero, 0, TimeSpan.Zero),
            < 70 => new(JobKind.Delayed, TimeSpan.FromMilliseconds(random.Next(1, 20_000)), 0, TimeSpan.Zero),
            < 80 => new(JobKind.Flaky, TimeSpan.Zero, random.Next(1, 4), TimeSpan.Zero),
            < 81 => new(JobKind.Hopeless, TimeSpan.Zero, SoakOptions.MaxAttempts, TimeSpan.Zero),
            < 84 => new(JobKind.Discarded, TimeSpan.Zero, 0, TimeSpan.Zero),
            < 91 => new(JobKind.Long, TimeSpan.Zero, 0, TimeSpan.FromMilliseconds(random.Next(100, 2000))),
            < 99 => new(JobKind.Stubborn, TimeSpan.Zero, 0, TimeSpan.FromMilliseconds(random.Next(100, 2000))),
            _ => new(JobKind.Marathon, TimeSpan.Zero, 0, SoakOptions.Lease + TimeSpan.FromMilliseconds(random.Next(100, 4000))),
        };
    }

    /// <summary>Random's own seeds that are close together give numbers that are close together, so they are stirred first (splitmix64).</summary>
    public static Random RandomOf(int seed, int number)
    {
        var mixed = (((ulong)(uint)seed << 32) | (uint)number) + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(mixed ^ (mixed >> 31)));
    }
}
