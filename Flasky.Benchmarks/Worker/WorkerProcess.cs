using System.Diagnostics;
using System.Text.Json;

namespace Flasky.Benchmarks.Worker;

/// <summary>A worker in a process of its own, so that its memory and processor time are its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>Makes this program such a process. Internal: no user needs it.</summary>
    public const string Argument = "--worker-process";

    private readonly Process process;

    public WorkerProcess(string redis, int concurrency) =>
        process = OwnProgram.Start(
            start =>
            {
                start.RedirectStandardOutput = true;
                // docs/benchmarks.md says why; who runs a worker in little memory sets the same.
                start.Environment["DOTNET_GCgen0size"] = "0x800000";
            }, Argument, redis, $"{concurrency}");

    /// <param name="lease">Null: the default.</param>
    public Task<WorkerReport> StartAsync(CancellationToken cancellationToken, TimeSpan? lease = null) =>
        AskAsync(lease is { } asked ? $"start {asked.TotalMilliseconds}" : "start", cancellationToken);

    public Task<WorkerReport> StopAsync(CancellationToken cancellationToken) => AskAsync("stop", cancellationToken);

    public Task<WorkerReport> ReportAsync(CancellationToken cancellationToken) => AskAsync("report", cancellationToken);

    public Task<WorkerReport> ResetAsync(CancellationToken cancellationToken) => AskAsync("reset", cancellationToken);

    /// <summary>Answers when so many jobs have started since the last reset.</summary>
    public Task<WorkerReport> StartedAsync(int jobs, CancellationToken cancellationToken) => AskAsync($"await {jobs}", cancellationToken);

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private async Task<WorkerReport> AskAsync(string command, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(command.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        var answer = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(10), cancellationToken)
            ?? throw new InvalidOperationException("The worker process ended before its time.");
        return JsonSerializer.Deserialize(answer, BenchmarkJson.Default.WorkerReport)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }
}
