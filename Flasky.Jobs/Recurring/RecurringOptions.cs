namespace Flasky.Jobs;

/// <summary>How a recurring job is scheduled; everything is optional.</summary>
public sealed record RecurringOptions
{
    /// <summary>The queue. Null: the one named by the job's <see cref="JobAttribute"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>What becomes of ticks that passed while nothing scheduled. Default: <see cref="MissedTicks.RunOnce"/>.</summary>
    public MissedTicks MissedTicks { get; init; } = MissedTicks.RunOnce;

    /// <summary>For <see cref="MissedTicks.RunAll"/>: the most jobs to make up for. 1 to 256; default: 24.</summary>
    public int MaxMissed { get; init; } = 24;

    /// <summary>For <see cref="MissedTicks.Skip"/>: how late a tick may be and still run. Default: one minute.</summary>
    public TimeSpan MissedAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For schedules that a worker declares: removed by the next start of the same application that no longer declares it.
    /// Default: false; it goes on until somebody removes it.
    /// </summary>
    public bool RemoveWhenUndeclared { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal static RecurringOptions Check(RecurringOptions? options)
    {
        options ??= new RecurringOptions();
        if (options.MaxMissed is < 1 or > 256)
            throw new ArgumentException($"MaxMissed is {options.MaxMissed}; it must be 1 to 256.", nameof(options));
        if (options.MissedAfter < TimeSpan.Zero)
            throw new ArgumentException($"MissedAfter is {options.MissedAfter}; it cannot be negative.", nameof(options));
        if (!Enum.IsDefined(options.MissedTicks))
            throw new ArgumentException($"MissedTicks is {options.MissedTicks}, which is none of its named values.", nameof(options));
        return options;
    }
}
