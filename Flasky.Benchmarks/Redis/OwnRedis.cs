using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Redis;

/// <summary>A redis-server of the benchmark's own on a free port, as durable as one in production: AOF, synced every second.</summary>
internal sealed class OwnRedis : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("flasky-benchmark-");
    private Process? process;

    private OwnRedis(int port) => Port = port;

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port},allowAdmin=true";

    /// <summary>Of the server that runs now.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Where it keeps its data.</summary>
    public string Folder => directory.FullName;

    public ConnectionMultiplexer Connection { get; private set; } = null!;

    public IDatabase Database => Connection.GetDatabase();

    /// <exception cref="InvalidOperationException">redis-server is not in the PATH or does not start.</exception>
    public static async Task<OwnRedis> StartAsync(CancellationToken cancellationToken)
    {
        var redis = new OwnRedis(FreePort());
        try
        {
            await redis.StartServerAsync(cancellationToken);
            redis.Connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes everything: the server is the benchmark's own.</summary>
    public Task ClearAsync() => Database.ExecuteAsync("FLUSHALL");

    /// <summary>Ends the server as a crash does: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    /// <summary>Starts the server after <see cref="KillAsync"/>, on the same port, with the data that its files hold.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => StartServerAsync(cancellationToken);

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            process = Process.Start(new ProcessStartInfo("redis-server",
                ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
                    "--auto-aof-rewrite-percentage", "0", "--dir", directory.FullName])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("redis-server was not found in the PATH.", e);
        }
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Nobody reads what else it says, so it must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }
        throw new InvalidOperationException($"redis-server did not start on port {Port}.");
    }

    public async ValueTask DisposeAsync()
    {
        Connection?.Dispose();
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
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
