using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flasky.Tests.Topologies;

/// <summary>One Redis server of the tests' own, on loopback, in a folder of its own. It ends with the tests' process at the latest.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flasky-redis-");
    private readonly Process process;

    private RedisProcess(string[] arguments, string? configuration)
    {
        Port = RedisPorts.Next();
        List<string> line = [];
        if (configuration is not null)
        {
            // Sentinel writes what it learns into its file.
            var file = Path.Combine(folder.FullName, "redis.conf");
            File.WriteAllText(file, configuration);
            line.Add(file);
        }
        line.AddRange(["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.FullName, .. arguments]);
        try
        {
            process = Process.Start(new ProcessStartInfo(AskedRedis.Program, line) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception e)
        {
            folder.Delete(recursive: true);
            throw new InvalidOperationException($"'{AskedRedis.Program}' cannot be started (FLASKY_TEST_REDIS_SERVER names another program): {e.Message}", e);
        }
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    public int Port { get; }

    public string EndPoint => $"127.0.0.1:{Port}";

    /// <summary>Starts a server that keeps nothing on disk; returns when it accepts connections.</summary>
    public static Task<RedisProcess> StartAsync(string[] arguments, CancellationToken cancellationToken) =>
        ReadyAsync(new RedisProcess(["--save", "", .. arguments], configuration: null), "Ready to accept connections", cancellationToken);

    /// <summary>Starts a sentinel.</summary>
    public static Task<RedisProcess> StartSentinelAsync(string configuration, CancellationToken cancellationToken) =>
        ReadyAsync(new RedisProcess(["--sentinel"], configuration), "+monitor master", cancellationToken);

    /// <summary>Sends a command whose words have no blanks.</summary>
    /// <returns>The text of a simple reply, a number or a string; of other replies only the first line.</returns>
    /// <exception cref="IOException">The server is away.</exception>
    public async Task<string> AskAsync(string command, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new IOException($"{EndPoint} is away: {e.Message}", e);
        }
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var first = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException($"{EndPoint} closed the connection.");
        if (first[0] != '$')
            return first[0] is '+' or ':' ? first[1..] : first;
        var text = new char[int.Parse(first[1..], CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(text, cancellationToken);
        return new string(text);
    }

    /// <summary>Sends a command that answers OK.</summary>
    public async Task TellAsync(string command, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(command, cancellationToken);
        if (reply != "OK")
            throw new InvalidOperationException($"{EndPoint}, {command}: {reply}");
    }

    /// <summary>Waits until a command's reply has a text in it.</summary>
    /// <exception cref="TimeoutException">Not within two minutes.</exception>
    public async Task WaitForAsync(string command, string text, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        var reply = "";
        try
        {
            while (!(reply = await AskAsync(command, timeout.Token)).Contains(text, StringComparison.Ordinal))
                await Task.Delay(50, timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{EndPoint}, {command}: waited for '{text}'; it says: {reply}", e);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private void KillAtExit(object? sender, EventArgs e) => process.Kill();

    private static async Task<RedisProcess> ReadyAsync(RedisProcess server, string sign, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        try
        {
            while (await server.process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                said.AppendLine(line);
                if (!line.Contains(sign, StringComparison.Ordinal))
                    continue;
                // Nobody reads what else it says, so it must not fill the pipe.
                _ = server.process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return server;
            }
            throw new InvalidOperationException($"'{AskedRedis.Program}' did not start: {said}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
