using System.Diagnostics;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>The memory of a small worker that was compiled ahead of time: <c>Flasky.Benchmarks.Aot</c>, published here and now.</summary>
internal static class AotWorker
{
    private const string Project = "Flasky.Benchmarks.Aot";

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        using var published = await PublishedProject.PublishAsync(Project, "the sources, a C compiler and zlib's headers", cancellationToken);
        await bench.Redis.ClearAsync();
        using var worker = Process.Start(new ProcessStartInfo(Path.Combine(published.Folder, Project), [bench.Redis.ConnectionString, BenchmarkHost.KeyPrefix])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        await bench.IdleAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        worker.Refresh();
        bench.Samples.Add(Names.AotMemory, worker.WorkingSet64 / 1048576.0);
        worker.StandardInput.Close();
        await worker.WaitForExitAsync(cancellationToken);
    }
}
