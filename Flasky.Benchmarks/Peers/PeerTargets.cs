using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Reporting;
using Peer = (string Id, string Name, Flasky.Benchmarks.Reporting.Samples Samples);

namespace Flasky.Benchmarks.Peers;

/// <summary>
/// Turns a run's measurements into ours against the peers'. A rate is compared as the median of the rounds' ratios. A target that
/// names a peer is left out when that peer was not measured; "the best peer" is the best of those that were.
/// </summary>
internal static class PeerTargets
{
    public static IReadOnlyList<Figure> Of(Samples ours, IReadOnlyList<Peer> peers)
    {
        // Celery's first setting is the one that most run; the other counts among the best peers, like any.
        IReadOnlyList<Peer> celery = [.. peers.Where(peer => peer.Id == Catalogue.CeleryId).Take(1)];
        IReadOnlyList<Peer> sidekiq = [.. peers.Where(peer => peer.Id == Catalogue.SidekiqId)];
        return
        [
            .. Times(ours, peers, "enqueue one by one, of the best peer's", Names.OneByOne, 1),
            .. Times(ours, celery, "enqueue one by one, of Celery's", Names.OneByOne, 5),
            .. Times(ours, peers, "enqueue in bulk, of the best peer's", Names.Bulk, 3),
            .. Times(ours, peers, "drain, of the best peer's", Names.Drain, 5),
            .. Times(ours, celery, "drain, of Celery's", Names.Drain, 60),
            .. Times(ours, peers, "enqueue and drain at once, of the best peer's", Names.Both, 5),
            Latency(ours, sidekiq, 50, 0.35),
            Latency(ours, sidekiq, 99, 1.0),
            AtMost(ours, peers, "Redis memory a queued job", "bytes", Names.Bytes, 450),
            AtMost(ours, peers, "Redis commands a job, drain", "", Names.Commands, 0.2),
            AtMost(ours, peers, "worker's memory, idle", "MB", Names.IdleMemory, 60),
            AtMost(ours, peers, "worker's memory, load", "MB", Names.LoadMemory, 120),
            AtMost(ours, peers, "commands of an idle worker", "/s", Names.IdleCommands, 5),
        ];
    }

    /// <summary>Nothing where there is no such peer.</summary>
    private static IEnumerable<Figure> Times(Samples ours, IReadOnlyList<Peer> peers, string name, string sample, double times)
    {
        if (peers.Count == 0)
            return [];
        var best = peers.MaxBy(peer => peer.Samples.Median(sample));
        return [new(name, ours.Ratio(sample, best.Samples), "x", times, Target: $"{best.Name}: {Report.Number(best.Samples.Median(sample))}/s")];
    }

    /// <summary>Better than Sidekiq's in this run; where it was not measured, at most a number that was recorded on two cores.</summary>
    private static Figure Latency(Samples ours, IReadOnlyList<Peer> sidekiq, double percent, double limit)
    {
        var best = sidekiq.Select(peer => peer.Samples.Percentile(Names.Latency, percent)).DefaultIfEmpty(limit).Min();
        return new($"start latency, idle worker, p{percent}", ours.Percentile(Names.Latency, percent), "ms", best, AtMost: true,
            sidekiq.Count == 0 ? "better than what Sidekiq was recorded with" : "Sidekiq's");
    }

    private static Figure AtMost(Samples ours, IReadOnlyList<Peer> peers, string name, string unit, string sample, double limit)
    {
        var best = peers.MinBy(peer => peer.Samples.Median(sample));
        return new(name, ours.Median(sample), unit, limit, AtMost: true, $"{best.Name}: {Report.Number(best.Samples.Median(sample))}");
    }
}
