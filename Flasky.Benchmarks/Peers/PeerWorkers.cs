namespace Flasky.Benchmarks.Peers;

/// <summary>The worker processes of a peer, started together.</summary>
internal sealed class PeerWorkers : IAsyncDisposable
{
    private readonly List<PeerProcess> processes = [];

    private PeerWorkers()
    {
    }

    /// <summary>Returns when all of them take jobs.</summary>
    public static async Task<PeerWorkers> StartAsync(InstalledPeer peer, int port, CancellationToken cancellationToken)
    {
        var workers = new PeerWorkers();
        try
        {
            for (var i = 0; i < peer.Program.Workers; i++)
                workers.processes.Add(PeerProcess.Start(peer, port, "worker", peer.Program.WorkerArguments));
            await Task.WhenAll(workers.processes.Select(process => process.ReadAsync(cancellationToken)));
            return workers;
        }
        catch
        {
            await workers.DisposeAsync();
            throw;
        }
    }

    public double MemoryMb() => processes.Sum(process => ProcessMemory.OfTree(process.Id));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }
}
