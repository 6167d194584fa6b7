using System.Globalization;

namespace Flasky.Tests.EndToEnd;

/// <summary>Finds the process at the other end of a local connection, as Linux tells it.</summary>
internal static class TcpPeers
{
    /// <summary>The process that holds the socket from <paramref name="localPort"/> to <paramref name="remotePort"/>.</summary>
    public static int ProcessOf(int localPort, int remotePort)
    {
        var socket = $"socket:[{Inode(localPort, remotePort)}]";
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) && Holds(process, socket))
                return id;
        }
        throw new InvalidOperationException($"No process holds the connection from port {localPort} to {remotePort}.");
    }

    private static string Inode(int localPort, int remotePort)
    {
        var (local, remote) = ($":{localPort:X4}", $":{remotePort:X4}");
        return File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(columns => columns[1].EndsWith(local, StringComparison.Ordinal) && columns[2].EndsWith(remote, StringComparison.Ordinal))[9];
    }

    private static bool Holds(string process, string socket)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(file => new FileInfo(file).LinkTarget == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return false;
        }
    }
}
