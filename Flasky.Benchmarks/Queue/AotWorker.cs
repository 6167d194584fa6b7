using System.Diagnostics;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Queue;

/// <summary>The memory of a small worker that was compiled ahead of time: <c>Flasky.Benchmarks.Aot</c>, published here and now.</summary>
internal static class AotWorker
{
    private const string Project = "Flasky.Benchmarks.Aot";

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("flasky-aot-");
        try
        {
            await PublishAsync(folder.FullName, cancellationToken);
            await bench.Redis.ClearAsync();
            using var worker = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, Project), [bench.Redis.ConnectionString, BenchmarkHost.KeyPrefix])
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
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <exception cref="InvalidOperationException">It does not compile, or has warnings; what it says is on standard error.</exception>
    private static async Task PublishAsync(string folder, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"publishing {Project}");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Find(), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        if (publish.ExitCode == 0)
            return;
        Console.Error.WriteLine(said);
        throw new InvalidOperationException($"{Project} cannot be published; --aot needs the sources, a C compiler and zlib's headers.");
    }

    /// <summary>The project beside this program's own, from wherever in the repository it runs.</summary>
    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Project)))
                return Path.Combine(folder.FullName, Project);
        }
        throw new InvalidOperationException($"The folder {Project} was not found above {AppContext.BaseDirectory}; --aot needs the sources.");
    }
}
