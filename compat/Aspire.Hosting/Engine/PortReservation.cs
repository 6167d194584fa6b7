using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Engine;

/// <summary>Keeps others from taking a loopback port between its choice and the moment its process listens on it.</summary>
internal sealed class PortReservation : IDisposable
{
    private const int Attempts = 20;

    private readonly Socket[] sockets;

    private PortReservation(int port, Socket[] sockets)
    {
        Port = port;
        this.sockets = sockets;
    }

    internal int Port { get; }

    public void Dispose() => Array.ForEach(sockets, socket => socket.Dispose());

    /// <summary>Reserves a port, or any free one; null if it is taken.</summary>
    internal static PortReservation? TryReserve(int? wanted)
    {
        for (var attempt = 0; attempt < (wanted is null ? Attempts : 1); attempt++)
        {
            if (TryBind(IPAddress.Loopback, wanted ?? 0) is not { } first)
                continue;

            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            if (!Socket.OSSupportsIPv6)
                return new PortReservation(port, [first]);
            if (TryBind(IPAddress.IPv6Loopback, port) is { } second)
                return new PortReservation(port, [first, second]);
            first.Dispose();
        }

        return null;
    }

    // The runtime sets SO_REUSEADDR when it binds, which is what lets the process listen later.
    private static Socket? TryBind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }
}
