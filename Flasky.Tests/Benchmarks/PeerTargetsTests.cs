using Flasky.Benchmarks.Peers;
using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Reporting;

namespace Flasky.Tests.Benchmarks;

public sealed class PeerTargetsTests
{
    private static readonly string[] Rates = [Names.OneByOne, Names.Bulk, Names.Drain, Names.Both];
    private static readonly string[] Costs = [Names.Latency, Names.Bytes, Names.Commands, Names.IdleMemory, Names.LoadMemory, Names.IdleCommands];

    [Fact]
    public void AreMetByAQueueThatIsFarAhead()
    {
        var figures = PeerTargets.Of(System(rate: 100_000, cost: 0.1), [Peer("celery", 1_000, 1), Peer("sidekiq", 10_000, 1)]);

        Assert.All(figures, figure => Assert.True(figure.IsMet, figure.Name));
    }

    [Fact]
    public void AreMissedByAQueueThatIsAsFastAsItsPeers()
    {
        var figures = PeerTargets.Of(System(rate: 1_000, cost: 500), [Peer("celery", 1_000, 1), Peer("sidekiq", 1_000, 1)]);

        var met = Assert.Single(figures, figure => figure.IsMet != false);
        Assert.Equal("enqueue one by one, of the best peer's", met.Name);
    }

    [Fact]
    public void CompareWithTheBestPeerOfEachFigure()
    {
        var peers = new[] { Peer("sidekiq", 10_000, 1), Peer("bullmq", 20_000, 1) };

        var drain = Find(PeerTargets.Of(System(80_000, 0.1), peers), "drain, of the best peer's");

        Assert.Equal(4, drain.Value);
        Assert.False(drain.IsMet);
        Assert.StartsWith("bullmq", drain.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void CompareWhatWasMeasuredInTheSameRound()
    {
        // The machine was twice as slow in the second round and ten times in the third, for both.
        var ours = System(60_000, 0.1);
        Rates.ToList().ForEach(name => Add(ours, name, 30_000, 6_000));
        var peer = System(10_000, 1);
        Rates.ToList().ForEach(name => Add(peer, name, 5_000, 1_000));

        var drain = Find(PeerTargets.Of(ours, [("bullmq", "BullMQ", peer)]), "drain, of the best peer's");

        Assert.Equal(6, drain.Value, tolerance: 0.001);
    }

    [Fact]
    public void LeaveOutAPeerThatWasNotMeasured()
    {
        var figures = PeerTargets.Of(System(100_000, 0.2), [Peer("bullmq", 1_000, 0.1)]);

        Assert.DoesNotContain(figures, figure => figure.Name.Contains("Celery", StringComparison.Ordinal));
        Assert.Equal(0.35, Find(figures, "start latency, idle worker, p50").Limit);
    }

    [Fact]
    public void AskForALatencyBetterThanSidekiqs() =>
        Assert.Equal(0.05, Find(PeerTargets.Of(System(100_000, 0.2), [Peer("sidekiq", 1_000, 0.05)]), "start latency, idle worker, p99").Limit);

    internal static Samples System(double rate, double cost)
    {
        var samples = new Samples();
        Array.ForEach(Rates, name => samples.Add(name, rate));
        Array.ForEach(Costs, name => samples.Add(name, cost));
        return samples;
    }

    private static (string Id, string Name, Samples Samples) Peer(string id, double rate, double cost) => (id, id, System(rate, cost));

    private static Figure Find(IReadOnlyList<Figure> figures, string name) => Assert.Single(figures, figure => figure.Name == name);

    private static void Add(Samples samples, string name, params double[] values) => Array.ForEach(values, value => samples.Add(name, value));
}
