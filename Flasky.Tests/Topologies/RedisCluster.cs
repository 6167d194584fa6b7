namespace Flasky.Tests.Topologies;

/// <summary>A Redis Cluster of six servers: three masters, each with a replica.</summary>
public sealed class RedisCluster : IRedisTopology
{
    private const int Masters = 3;
    private const int Slots = 16384;

    private readonly List<RedisProcess> nodes;

    private RedisCluster(List<RedisProcess> nodes) => this.nodes = nodes;

    public string ConnectionString => $"{string.Join(',', nodes.Select(node => node.EndPoint))},configCheckSeconds=1";

    /// <param name="nodeTimeout">How long a server may be silent before the others call it dead.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<RedisCluster> StartAsync(TimeSpan nodeTimeout, CancellationToken cancellationToken)
    {
        var cluster = new RedisCluster([]);
        try
        {
            for (var i = 0; i < 2 * Masters; i++)
            {
                cluster.nodes.Add(await RedisProcess.StartAsync(
                    ["--cluster-enabled", "yes", "--cluster-node-timeout", $"{nodeTimeout.TotalMilliseconds:0}", "--repl-diskless-sync-delay", "0"],
                    cancellationToken));
            }
            await cluster.JoinAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The master that has a key's slot.</summary>
    public async Task<RedisProcess> MasterOfAsync(string key, CancellationToken cancellationToken)
    {
        // Masters answer with a number or say who has the slot; replicas never answer themselves.
        foreach (var node in nodes)
        {
            if (!(await node.AskAsync($"EXISTS {key}", cancellationToken)).StartsWith('-'))
                return node;
        }
        throw new InvalidOperationException($"No server has the slot of '{key}'.");
    }

    /// <summary>The replica of a master.</summary>
    public async Task<RedisProcess> ReplicaOfAsync(RedisProcess master, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            if ((await node.AskAsync("INFO replication", cancellationToken)).Contains($"master_port:{master.Port}\r", StringComparison.Ordinal))
                return node;
        }
        throw new InvalidOperationException($"{master.EndPoint} has no replica.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < nodes.Count; i++)
            await nodes[i].TellAsync($"CLUSTER SET-CONFIG-EPOCH {i + 1}", cancellationToken);
        for (var i = 0; i < Masters; i++)
            await nodes[i].TellAsync($"CLUSTER ADDSLOTSRANGE {Slots * i / Masters} {(Slots * (i + 1) / Masters) - 1}", cancellationToken);
        foreach (var node in nodes.Skip(1))
            await node.TellAsync($"CLUSTER MEET 127.0.0.1 {nodes[0].Port}", cancellationToken);
        foreach (var node in nodes)
        {
            await node.WaitForAsync("CLUSTER INFO", $"cluster_known_nodes:{nodes.Count}", cancellationToken);
            await node.WaitForAsync("CLUSTER INFO", "cluster_state:ok", cancellationToken);
        }
        for (var i = 0; i < Masters; i++)
            await nodes[Masters + i].TellAsync($"CLUSTER REPLICATE {await nodes[i].AskAsync("CLUSTER MYID", cancellationToken)}", cancellationToken);
        foreach (var replica in nodes.Skip(Masters))
            await replica.WaitForAsync("INFO replication", "master_link_status:up", cancellationToken);
        // A failover needs every server to know who follows whom.
        foreach (var node in nodes)
        {
            for (var i = 0; i < Masters; i++)
                await node.WaitForAsync($"CLUSTER REPLICAS {await nodes[i].AskAsync("CLUSTER MYID", cancellationToken)}", "*1", cancellationToken);
        }
    }
}
