using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Peers;

/// <param name="Systems">Ours first.</param>
/// <param name="Skipped">What was not installed.</param>
/// <param name="Targets">Ours, against the others.</param>
internal sealed record PeersReport(IReadOnlyList<MeasuredPeer> Systems, IReadOnlyList<SkippedPeer> Skipped, IReadOnlyList<Figure> Targets)
{
    /// <summary>A line for each system, a table of all figures, and the targets.</summary>
    public void Print()
    {
        foreach (var system in Systems)
            Console.WriteLine($"{system.Name}: {system.Settings}");
        foreach (var skipped in Skipped)
            Console.WriteLine($"{skipped.Name}: not installed, skipped. To install it: {skipped.Install}");
        Console.WriteLine();
        foreach (var line in Lines())
            Console.WriteLine(line);
        Console.WriteLine();
        Report.Print(Targets);
    }

    /// <summary>The table: a row a figure, a column a system.</summary>
    public IEnumerable<string> Lines() => Table.Lines(
        [
            ["Median", .. Systems.Select(system => system.Name)],
            .. PeerFigures.All.Select(figure => (string[])
            [
                figure.Unit.Length > 0 ? $"{figure.Name} ({figure.Unit})" : figure.Name,
                .. Systems.Select(system => Report.Number(system.Figures[figure.Name])),
            ]),
        ], rightAligned: [.. Enumerable.Range(1, Systems.Count)]);
}

/// <param name="Name">With the version.</param>
/// <param name="Settings">What it ran with.</param>
/// <param name="Figures">The medians, by the names of <see cref="PeerFigures"/>.</param>
internal sealed record MeasuredPeer(string Name, string Settings, IReadOnlyDictionary<string, double> Figures);

/// <param name="Name">Without a version: it is not here.</param>
/// <param name="Install">What installs it.</param>
internal sealed record SkippedPeer(string Name, string Install);
