using System.Net;
using System.Net.Sockets;

namespace Flasky.Tests.Topologies;

/// <summary>Ports for Redis servers. Thread-safe.</summary>
internal static class RedisPorts
{
    /// <summary>A node of a cluster also takes the port this far above its own.</summary>
    private const int BusOffset = 10_000;

    // Both ports lie below those that systems give to outgoing connections (32768 and up on Linux).
    private const int First = 12_000;
    private const int Count = 9_000;

    private static readonly Lock Gate = new();
    private static int next = Random.Shared.Next(Count);

    /// <summary>A port that is free, together with its bus port, and was not given to anyone before.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            for (var tries = 0; tries < Count; tries++)
            {
                var port = First + (next = (next + 1) % Count);
                if (IsFree(port) && IsFree(port + BusOffset))
                    return port;
            }
        }
        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
