namespace Flasky.Benchmarks.Peers;

/// <param name="Json">Where to write the figures for scripts; null: nowhere.</param>
/// <param name="Rounds">How often everything is measured; medians are reported.</param>
/// <param name="Jobs">Our jobs in one measurement of throughput; a slower peer gets a fraction, see <see cref="PeerProgram.JobsDivisor"/>.</param>
/// <param name="Only">The ids of the peers to measure; null: all.</param>
/// <param name="Install">Whether to install missing peers.</param>
internal sealed record PeersOptions(string? Json, int Rounds, int Jobs, IReadOnlyList<string>? Only, bool Install)
{
    public const string Help = """
                    --json FILE   writes the figures for scripts
                    --rounds N    interleaved rounds (3)
                    --jobs N      our jobs a measurement (100000); BullMQ and Sidekiq get a 5th, Celery a 25th
                    --only LIST   of celery, sidekiq, bullmq, separated by commas
                    --install     installs what is missing: Debian packages with apt-get, BullMQ with npm into the user's cache

        """;

    /// <summary>The peers to measure, in the order of the report.</summary>
    public IEnumerable<PeerProgram> Programs => Catalogue.All.Where(program => Only?.Contains(program.Id) != false);

    /// <exception cref="ArgumentException">An argument or a peer is unknown, or a number not positive.</exception>
    public static PeersOptions Parse(string[] args)
    {
        var options = new PeersOptions(null, 3, 100_000, null, false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = Arguments.Value(args, ++i) },
                "--rounds" => options with { Rounds = Arguments.Number(args, ++i) },
                "--jobs" => options with { Jobs = Arguments.Number(args, ++i) },
                "--only" => options with { Only = Arguments.Names(args, ++i, [.. Catalogue.All.Select(program => program.Id).Distinct()]) },
                "--install" => options with { Install = true },
                var other => throw new ArgumentException($"Unknown argument '{other}'.", nameof(args)),
            };
        }
        return options;
    }
}
