using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flasky.Benchmarks.Peers;

/// <summary>One of our scripts in a peer's language: a producer, or a worker that ends when its standard input does.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>The most that one script may take; it ends itself after this too.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly string title;
    private readonly ErrorTail errors;

    private PeerProcess(Process process, string title)
    {
        this.process = process;
        this.title = title;
        errors = new ErrorTail(process);
    }

    /// <param name="peer">Whose script.</param>
    /// <param name="port">Of Redis, on 127.0.0.1.</param>
    /// <param name="script">The file's name without extension.</param>
    /// <param name="arguments">Of the script.</param>
    public static PeerProcess Start(InstalledPeer peer, int port, string script, params IEnumerable<string> arguments)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Peers", peer.Program.Folder, $"{script}.{peer.Program.Extension}");
        var start = new ProcessStartInfo(peer.Interpreter, [file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PEER_PORT"] = $"{port}";
        start.Environment["PEER_SECONDS"] = $"{(int)Limit.TotalSeconds}";
        // Nothing is written beside the scripts.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in peer.Program.Environment)
            start.Environment[name] = value;
        return new PeerProcess(Process.Start(start)!, $"{peer.Program.Title}'s {script}");
    }

    public int Id => process.Id;

    /// <summary>The next line of JSON that it prints; what its library prints between is skipped.</summary>
    /// <exception cref="PeerFailedException">It ended without, or takes too long.</exception>
    public async Task<PeerLine> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadLineAsync(cancellationToken).WaitAsync(Limit, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            throw new PeerFailedException($"{title} did not answer in {Limit.TotalSeconds} s. {errors}");
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <exception cref="PeerFailedException">It failed, or takes too long.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(StopTime, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            throw new PeerFailedException($"{title} did not end. {errors}");
        }
        if (process.ExitCode != 0)
            throw new PeerFailedException($"{title} ended with code {process.ExitCode}. {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process.Dispose();
    }

    private async Task<PeerLine> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith('{'))
                return JsonSerializer.Deserialize(line, PeerJson.Default.PeerLine)!;
        }
        throw new PeerFailedException($"{title} ended before its time. {errors}");
    }
}

/// <summary>What a script says, in nanoseconds of the machine's monotonic clock.</summary>
/// <param name="Began">When the producer began to enqueue, its warm-up over. 0: a worker says that it is ready.</param>
/// <param name="Ended">When it had enqueued everything.</param>
internal sealed record PeerLine(long Began = 0, long Ended = 0);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeerLine))]
internal sealed partial class PeerJson : JsonSerializerContext;
