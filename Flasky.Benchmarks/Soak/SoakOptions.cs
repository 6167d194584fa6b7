using System.Globalization;
using System.Security.Cryptography;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Soak;

/// <param name="Json">Where to write the figures for scripts; null: nowhere.</param>
/// <param name="Jobs">Jobs that the producers send.</param>
/// <param name="Minutes">The whole run ends within these, whatever happens.</param>
/// <param name="Seed">Decides what every job does and which fault comes next.</param>
/// <param name="Calm">Whether to do without faults, for comparison.</param>
internal sealed record SoakOptions(string? Json, int Jobs, int Minutes, int Seed, bool Calm)
{
    public const int Producers = 2;
    public const int Workers = 4;
    public const int MaxAttempts = 5;

    public const string Help = """
                    --json FILE   writes the figures for scripts
                    --jobs N      jobs sent (100000)
                    --minutes N   the most minutes it takes, 2 or more (30)
                    --seed N      repeats the jobs and the choice of faults of an earlier run
                    --calm        without faults, for comparison

        """;

    private static readonly JobWorkerOptions Defaults = new();

    /// <summary>The lease and the bound of deliveries are what a user gets without setting anything.</summary>
    public static TimeSpan Lease => Defaults.Lease;

    public static int MaxDeliveries => Defaults.MaxDeliveries;

    /// <summary>Over which the jobs are sent; what an outage held up is sent as fast as it goes.</summary>
    public TimeSpan SendingTime => TimeSpan.FromMinutes(Minutes) * 0.6;

    /// <summary>After which no more faults come, so that what is left can end.</summary>
    public TimeSpan FaultTime => TimeSpan.FromMinutes(Minutes) * 0.75;

    /// <summary>After which the run is judged as it stands.</summary>
    public TimeSpan WorkTime => TimeSpan.FromMinutes(Minutes) * 0.95;

    /// <exception cref="ArgumentException">An argument is unknown or no positive number.</exception>
    public static SoakOptions Parse(string[] args)
    {
        var options = new SoakOptions(null, 100_000, 30, RandomNumberGenerator.GetInt32(1, int.MaxValue), false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = Value(args, ++i) },
                "--jobs" => options with { Jobs = Number(args, ++i) },
                "--minutes" => options with { Minutes = Number(args, ++i) },
                "--seed" => options with { Seed = Number(args, ++i) },
                "--calm" => options with { Calm = true },
                var other => throw new ArgumentException($"Unknown argument '{other}'.", nameof(args)),
            };
        }
        return options.Minutes >= 2 ? options : throw new ArgumentException("--minutes: a job may be due 20 seconds after it was sent, so 2 are the least.", nameof(args));
    }

    private static string Value(string[] args, int i) =>
        i < args.Length ? args[i] : throw new ArgumentException($"{args[^1]} needs a value.", nameof(args));

    private static int Number(string[] args, int i) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{args[i - 1]} needs a positive number.", nameof(args));
}
