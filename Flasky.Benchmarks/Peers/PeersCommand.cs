using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Peers;

/// <summary>The command <c>peers</c>: the same workloads for ours and for other job queues, in interleaved rounds on one Redis.</summary>
internal static class PeersCommand
{
    private const int Unavailable = 69;

    public static async Task<int> RunAsync(PeersOptions options, CancellationToken cancellationToken)
    {
        var (installed, skipped) = await FindAsync(options, cancellationToken);
        if (installed.Count == 0)
        {
            Console.Error.WriteLine("No peer is installed, so there is nothing to compare with. --install installs them.");
            return Unavailable;
        }
        await using var redis = await OwnRedis.StartAsync(cancellationToken);
        await using var worker = new WorkerProcess(redis.ConnectionString, QueueCommand.Concurrency);
        // A round that does not count lets both of our processes compile what they run. The peers' are new each time and warm up by themselves.
        await using (var warmUp = new FlaskyJobsPeer(redis, worker, options.Jobs))
            await RoundAsync(warmUp, cancellationToken);

        await using var ours = new FlaskyJobsPeer(redis, worker, options.Jobs);
        var peers = installed.ConvertAll(peer => new ExternalPeer(redis, peer, options.Jobs));
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (IPeer peer in (IPeer[])[ours, .. peers])
            {
                Console.Error.WriteLine($"round {round} of {options.Rounds}: {peer.Name}");
                await RoundAsync(peer, cancellationToken);
            }
        }
        return await ReportAsync(new PeersReport(
            [PeerFigures.Of(ours), .. peers.Select(PeerFigures.Of)], skipped,
            PeerTargets.Of(ours.Samples, peers.ConvertAll(peer => (peer.Id, peer.Name, peer.Samples)))), options, cancellationToken);
    }

    private static async Task RoundAsync(IPeer peer, CancellationToken cancellationToken)
    {
        await peer.EnqueueAsync(cancellationToken);
        await peer.WorkAsync(cancellationToken);
        await peer.IdleAsync(cancellationToken);
    }

    private static async Task<(List<InstalledPeer> Installed, List<SkippedPeer> Skipped)> FindAsync(PeersOptions options, CancellationToken cancellationToken)
    {
        var installed = new List<InstalledPeer>();
        var skipped = new List<SkippedPeer>();
        foreach (var program in options.Programs)
        {
            var peer = await InstalledPeer.FindAsync(program, cancellationToken);
            if (peer is null && options.Install)
            {
                Console.Error.WriteLine($"installing {program.Title}: {program.Install}");
                await InstalledPeer.InstallAsync(program, cancellationToken);
                peer = await InstalledPeer.FindAsync(program, cancellationToken)
                    ?? throw new PeerFailedException($"{program.Title} was installed and cannot be found.");
            }
            if (peer is not null)
            {
                installed.Add(peer);
                continue;
            }
            Console.Error.WriteLine($"{program.Title} is not installed and will be skipped. To install it: {program.Install}");
            skipped.Add(new SkippedPeer(program.Title, program.Install));
        }
        return (installed, skipped);
    }

    private static async Task<int> ReportAsync(PeersReport report, PeersOptions options, CancellationToken cancellationToken)
    {
        report.Print();
        if (options.Json is { } file)
            await Report.WriteAsync(file, report, ReportJson.Default.PeersReport, cancellationToken);
        return report.Targets.All(figure => figure.IsMet != false) ? 0 : 1;
    }
}
