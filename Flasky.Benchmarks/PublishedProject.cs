using System.Diagnostics;

namespace Flasky.Benchmarks;

/// <summary>A project of this repository as a deployment would have it, in a folder that goes with this object.</summary>
internal sealed class PublishedProject : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flasky-published-");

    private PublishedProject()
    {
    }

    /// <summary>Where its programs are.</summary>
    public string Folder => folder.FullName;

    /// <param name="project">The name of its folder, which lies beside this program's own.</param>
    /// <param name="needs">What the machine needs for it, for the message when it fails.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidOperationException">It was not found, does not compile, or has warnings; what it says is on standard error.</exception>
    public static async Task<PublishedProject> PublishAsync(string project, string needs, CancellationToken cancellationToken)
    {
        var published = new PublishedProject();
        try
        {
            await published.BuildAsync(project, needs, cancellationToken);
            return published;
        }
        catch
        {
            published.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task BuildAsync(string project, string needs, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"publishing {project}");
        // No build server may stay behind and run beside the measurement.
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Find(project, needs), "-c", "Release", "-o", Folder, "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        if (publish.ExitCode == 0)
            return;
        Console.Error.WriteLine(said);
        throw new InvalidOperationException($"{project} cannot be published; it needs {needs}.");
    }

    /// <summary>The project's folder, from wherever in the repository this program runs.</summary>
    private static string Find(string project, string needs)
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            if (Directory.Exists(Path.Combine(above.FullName, project)))
                return Path.Combine(above.FullName, project);
        }
        throw new InvalidOperationException($"The folder {project} was not found above {AppContext.BaseDirectory}; it needs {needs}.");
    }
}
