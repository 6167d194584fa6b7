using System.ComponentModel;
using System.Diagnostics;

namespace Flasky.Benchmarks.Peers;

/// <summary>A peer that is on this machine.</summary>
/// <param name="Program">What it is.</param>
/// <param name="Interpreter">Runs its scripts.</param>
/// <param name="Version">Of its library.</param>
internal sealed record InstalledPeer(PeerProgram Program, string Interpreter, string Version)
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(10);

    /// <summary>Null: no interpreter has its library.</summary>
    public static async Task<InstalledPeer?> FindAsync(PeerProgram program, CancellationToken cancellationToken)
    {
        foreach (var interpreter in program.Interpreters)
        {
            if (await VersionAsync(interpreter, program, cancellationToken) is { } version)
                return new InstalledPeer(program, interpreter, version);
        }
        return null;
    }

    /// <summary>Runs <see cref="PeerProgram.Install"/>, its output on standard error.</summary>
    /// <exception cref="PeerFailedException">It failed.</exception>
    public static async Task InstallAsync(PeerProgram program, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{{ {program.Install}; }} >&2"]) { UseShellExecute = false };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var shell = Process.Start(start)!;
        if (await EndAsync(shell, InstallTime, cancellationToken) != 0)
            throw new PeerFailedException($"{program.Title} could not be installed: {program.Install}");
    }

    private static async Task<string?> VersionAsync(string interpreter, PeerProgram program, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(interpreter, program.Probe)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in program.Environment)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            var code = await EndAsync(process, ProbeTime, cancellationToken);
            await errors;
            return code == 0 ? (await output).Trim() : null;
        }
        catch (Win32Exception)
        {
            // There is no such interpreter.
            return null;
        }
    }

    private static async Task<int> EndAsync(Process process, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(time, CancellationToken.None);
            return process.ExitCode;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (e is OperationCanceledException)
                throw;
            return -1;
        }
    }
}
