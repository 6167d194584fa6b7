namespace Flasky.Benchmarks.Peers;

/// <summary>How one peer, in one setting, is found, installed, run and watched.</summary>
internal sealed record PeerProgram
{
    /// <summary>What <c>--only</c> calls it. Two settings of one peer share it.</summary>
    public required string Id { get; init; }

    /// <summary>For people, without the version.</summary>
    public required string Title { get; init; }

    /// <summary>What it runs with that is not its default, for people.</summary>
    public required string Settings { get; init; }

    /// <summary>The folder of its scripts, beside this file.</summary>
    public required string Folder { get; init; }

    /// <summary>Of the scripts <c>producer</c> and <c>worker</c>, without a dot.</summary>
    public required string Extension { get; init; }

    /// <summary>What runs the scripts; the first that has the peer's library is taken.</summary>
    public required IReadOnlyList<string> Interpreters { get; init; }

    /// <summary>Code, given after -c or -e, that prints the library's version and fails without the library.</summary>
    public required IReadOnlyList<string> Probe { get; init; }

    /// <summary>One line for a shell that installs it.</summary>
    public required string Install { get; init; }

    /// <summary>Added to the environment of its processes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments of the worker script.</summary>
    public IReadOnlyList<string> WorkerArguments { get; init; } = [];

    /// <summary>Worker processes to start.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The commands (LLEN or HLEN) and keys that count the jobs which are not settled yet.</summary>
    public required IReadOnlyList<(string Command, string Key)> Unsettled { get; init; }

    /// <summary>It gets one job where ours gets so many, for a measurement of about the same length.</summary>
    public required int JobsDivisor { get; init; }
}
