namespace Flasky.Benchmarks.Queue;

/// <param name="Json">Where to write the figures for scripts; null: nowhere.</param>
/// <param name="Rounds">How often everything is measured; medians are reported.</param>
/// <param name="Jobs">Jobs in one measurement of throughput.</param>
/// <param name="Backlog">Whether to compare a backlog of a million jobs with one of ten thousand.</param>
/// <param name="Delayed">Whether to run 100,000 delayed jobs, which takes more than a minute.</param>
internal sealed record QueueOptions(string? Json, int Rounds, int Jobs, bool Backlog, bool Delayed)
{
    public const string Help = """
                    --json FILE   writes the figures for scripts
                    --rounds N    interleaved rounds (5)
                    --jobs N      jobs a measurement (100000)
                    --backlog     adds: a backlog of 1,000,000 against 10,000
                    --delayed     adds: 100,000 delayed jobs

        """;

    /// <exception cref="ArgumentException">An argument is unknown or no positive number.</exception>
    public static QueueOptions Parse(string[] args)
    {
        var options = new QueueOptions(null, 5, 100_000, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = Arguments.Value(args, ++i) },
                "--rounds" => options with { Rounds = Arguments.Number(args, ++i) },
                "--jobs" => options with { Jobs = Arguments.Number(args, ++i) },
                "--backlog" => options with { Backlog = true },
                "--delayed" => options with { Delayed = true },
                var other => throw new ArgumentException($"Unknown argument '{other}'.", nameof(args)),
            };
        }
        return options;
    }
}
