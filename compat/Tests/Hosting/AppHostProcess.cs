using System.Diagnostics;
using System.Runtime.InteropServices;
using Flasky.Compat.TestAppHost;

namespace Flasky.Compat.Tests.Hosting;

/// <summary>The test AppHost as a process of its own, with data in a folder that is deleted at the end.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private readonly List<string> lines = [];
    private readonly Dictionary<string, TaskCompletionSource<string>> awaited = [];
    private readonly Process process;
    private readonly string? ownData;

    private AppHostProcess(string? data, string? path, string[] args)
    {
        ownData = data is null ? Directory.CreateTempSubdirectory("TestAppHost-").FullName : null;
        Data = data ?? ownData!;
        if (ownData is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(ownData, File.GetUnixFileMode(ownData) | UnixFileMode.OtherExecute);
        var info = new ProcessStartInfo(DotnetHost(), [new ProbeProject().TargetPath, $"--StandIn:Data={Data}", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (path is not null)
            info.Environment["PATH"] = path;
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal string Data { get; }

    internal int Id => process.Id;

    internal string Output
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    internal static AppHostProcess Start(params string[] args) => new(null, null, args);

    internal static AppHostProcess StartOn(string data, params string[] args) => new(data, null, args);

    internal static AppHostProcess StartWithPath(string path, params string[] args) => new(null, path, args);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        if (ownData is not null)
            Directory.Delete(ownData, recursive: true);
    }

    /// <summary>Waits for a line that contains a text.</summary>
    internal async Task<string> LineAsync(string text, CancellationToken limit)
    {
        Task<string> line;
        lock (lines)
        {
            if (lines.Find(written => written.Contains(text, StringComparison.Ordinal)) is { } there)
                return there;

            if (!awaited.TryGetValue(text, out var source))
                awaited[text] = source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            line = source.Task;
        }

        try
        {
            return await line.WaitAsync(limit);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No line with '{text}' among:\n{Output}", late);
        }
    }

    internal async Task<int> ExitCodeAsync(CancellationToken limit)
    {
        await process.WaitForExitAsync(limit);
        return process.ExitCode;
    }

    /// <summary>Sends SIGINT, as Ctrl+C does.</summary>
    internal void Interrupt() => Assert.Equal(0, Kill(process.Id, Interruption));

    internal void KillHard() => process.Kill();

    private const int Interruption = 2;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    private static string DotnetHost() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private void Take(string? line)
    {
        if (line is null)
            return;

        lock (lines)
        {
            lines.Add(line);
            foreach (var (text, source) in awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                    source.TrySetResult(line);
            }
        }
    }
}
