namespace Flasky.Benchmarks.Web;

/// <param name="Json">Where to write the figures for scripts; null: nowhere.</param>
/// <param name="Rounds">How often everything is measured; medians are reported.</param>
/// <param name="Seconds">How long one measurement takes.</param>
/// <param name="Concurrency">Connections that ask at once, each for one page after the other.</param>
/// <param name="Growth">Whether to compare the home page over a million posts with that over a thousand.</param>
internal sealed record WebOptions(string? Json, int Rounds, int Seconds, int Concurrency, bool Growth)
{
    public const string Help = """
                    --json FILE       writes the figures for scripts
                    --rounds N        interleaved rounds (5)
                    --seconds N       seconds a measurement (3)
                    --concurrency N   connections that ask at once (8)
                    --no-growth       leaves out: a home page over 1,000,000 posts against one over 1,000

        """;

    /// <exception cref="ArgumentException">An argument is unknown, or a number not positive.</exception>
    public static WebOptions Parse(string[] args)
    {
        var options = new WebOptions(null, 5, 3, 8, true);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = Arguments.Value(args, ++i) },
                "--rounds" => options with { Rounds = Arguments.Number(args, ++i) },
                "--seconds" => options with { Seconds = Arguments.Number(args, ++i) },
                "--concurrency" => options with { Concurrency = Arguments.Number(args, ++i) },
                "--no-growth" => options with { Growth = false },
                var other => throw new ArgumentException($"Unknown argument '{other}'.", nameof(args)),
            };
        }
        return options;
    }
}
