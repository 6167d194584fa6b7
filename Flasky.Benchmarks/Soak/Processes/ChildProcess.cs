using System.Diagnostics;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>This program started again with other arguments. What it says on standard error goes to a file.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task logging;

    public ChildProcess(string folder, params string[] arguments)
    {
        process = OwnProgram.Start(start => start.RedirectStandardError = true, arguments);
        logging = LogAsync(Path.Combine(folder, $"errors-{process.Id}.log"));
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public void Signal(int signal) => Processes.Signal.Send(process.Id, signal);

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Lets it end in order; after <paramref name="atMost"/> it is killed.</summary>
    /// <returns>Whether it ended in order.</returns>
    public async Task<bool> LeaveAsync(TimeSpan atMost)
    {
        process.StandardInput.Close();
        return await ExitedAsync(atMost);
    }

    /// <summary>Waits for its end; after <paramref name="atMost"/> it is killed.</summary>
    /// <returns>Whether it ended by itself and in order.</returns>
    public async Task<bool> ExitedAsync(TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var ended = process.HasExited;
        if (!ended)
            await KillAsync();
        return ended && process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        // Also one that is stopped: SIGKILL reaches it.
        if (!process.HasExited)
            await KillAsync();
        await logging;
        process.Dispose();
    }

    private async Task LogAsync(string path)
    {
        var file = File.Create(path);
        await using (file)
            await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
