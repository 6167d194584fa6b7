using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Flasky.Compat.Tests.Clients;

/// <summary>A redis-server of a test's own, on a fixed free port, that can be killed, frozen and started again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("flasky-redis-");
    private Process? process;

    public const string Password = "not-a-secret";

    /// <summary>Free when the test began. The server is not listening before <see cref="StartAsync"/>.</summary>
    public int Port { get; } = FreePort();

    public string ConnectionString => $"127.0.0.1:{Port},password={Password}";

    public static async Task<RedisServer> StartedAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer();
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server; returns when it accepts connections.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = Process.Start(new ProcessStartInfo("redis-server",
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--requirepass", Password, "--save", "", "--dir", directory.FullName])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return;
            }
        }
        throw new InvalidOperationException($"redis-server did not start on port {Port}.");
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Stops the process in its tracks: connections stay open and nothing answers. It can still be killed.</summary>
    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-STOP", $"{process!.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }
        process?.Dispose();
        directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
