namespace Flasky.Benchmarks.Queue;

/// <param name="Json">Where to write the figures for scripts; null: nowhere.</param>
/// <param name="Rounds">How often everything is measured; medians are reported.</param>
/// <param name="Jobs">Jobs in one measurement of throughput.</param>
/// <param name="Backlog">Whether to compare a backlog of a million jobs with one of ten thousand.</param>
/// <param name="Delayed">Whether to run 100,000 delayed jobs, which takes more than a minute.</param>
/// <param name="Killed">Whether to kill a worker amid its jobs.</param>
/// <param name="Aot">Whether to compile a worker ahead of time, which takes a minute, and look at its memory.</param>
/// <param name="Only">The parts of a round to measure; null: all.</param>
internal sealed record QueueOptions(
    string? Json, int Rounds, int Jobs, bool Backlog = false, bool Delayed = false, bool Killed = false, bool Aot = false, IReadOnlyList<string>? Only = null)
{
    public const string EnqueuePart = "enqueue";
    public const string DrainPart = "drain";
    public const string BothPart = "both";
    public const string IdlePart = "idle";

    private static readonly string[] Parts = [EnqueuePart, DrainPart, BothPart, IdlePart];

    public const string Help = """
                    --json FILE   writes the figures for scripts
                    --rounds N    interleaved rounds (5)
                    --jobs N      jobs a measurement (100000)
                    --only LIST   parts of a round: of enqueue, drain, both, idle, separated by commas
                    --backlog     adds: a backlog of 1,000,000 against 10,000
                    --delayed     adds: 100,000 delayed jobs, over a minute and all at one instant
                    --killed      adds: a worker killed amid 200 jobs
                    --aot         adds: the memory of a worker compiled ahead of time; needs a C compiler

        """;

    public bool Has(string part) => Only?.Contains(part) != false;

    /// <exception cref="ArgumentException">An argument or a part is unknown, or a number not positive.</exception>
    public static QueueOptions Parse(string[] args)
    {
        var options = new QueueOptions(null, 5, 100_000);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = Arguments.Value(args, ++i) },
                "--rounds" => options with { Rounds = Arguments.Number(args, ++i) },
                "--jobs" => options with { Jobs = Arguments.Number(args, ++i) },
                "--only" => options with { Only = Arguments.Names(args, ++i, Parts) },
                "--backlog" => options with { Backlog = true },
                "--delayed" => options with { Delayed = true },
                "--killed" => options with { Killed = true },
                "--aot" => options with { Aot = true },
                var other => throw new ArgumentException($"Unknown argument '{other}'.", nameof(args)),
            };
        }
        return options;
    }
}
