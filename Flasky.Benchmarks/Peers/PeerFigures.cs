using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Peers;

/// <summary>One of the figures that every system has.</summary>
/// <param name="Name">For people.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="Of">Takes it out of what was measured.</param>
internal sealed record PeerFigure(string Name, string Unit, Func<Samples, double> Of);

/// <summary>The figures of the comparison, in the order of the report.</summary>
internal static class PeerFigures
{
    public static IReadOnlyList<PeerFigure> All { get; } =
    [
        Median("enqueue one by one, awaited", "/s", Names.OneByOne),
        Median("enqueue in bulk", "/s", Names.Bulk),
        Median("drain", "/s", Names.Drain),
        Median("enqueue and drain at once", "/s", Names.Both),
        new("start latency, idle worker, p50", "ms", samples => samples.Percentile(Names.Latency, 50)),
        new("start latency, idle worker, p99", "ms", samples => samples.Percentile(Names.Latency, 99)),
        Median("Redis memory a queued job", "bytes", Names.Bytes),
        Median("Redis commands a job, drain", "", Names.Commands),
        Median("worker's memory, idle", "MB", Names.IdleMemory),
        Median("worker's memory, load", "MB", Names.LoadMemory),
        Median("commands of an idle worker", "/s", Names.IdleCommands),
    ];

    public static MeasuredPeer Of(IPeer peer) =>
        new(peer.Name, peer.Settings, All.ToDictionary(figure => figure.Name, figure => figure.Of(peer.Samples)));

    private static PeerFigure Median(string name, string unit, string sample) => new(name, unit, samples => samples.Median(sample));
}
