namespace Flasky.Tests.Packages;

/// <summary>
/// The projects of this repository, without their sources, in a temporary folder whose only package source is a feed of
/// <see cref="MarkerPackage"/>s. Every other package comes from the cache of the build that made this test, so nothing is
/// fetched; nothing is added to that cache either.
/// </summary>
internal sealed class RepositoryCopy : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("flasky-packages-").FullName;

    /// <param name="served">Which of the packages that have a stand-in the feed serves.</param>
    public RepositoryCopy(Func<string, bool> served)
    {
        foreach (var file in Repository.Files().Where(IsNeeded))
            Copy(file);
        foreach (var (id, standInVersion) in StandInFeed.Packages.Where(package => served(package.Id)))
            MarkerPackage.Write(Directory.CreateDirectory(Feed).FullName, id, standInVersion.Replace("999", "998", StringComparison.Ordinal));
        LinkCache();
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <packageSources><clear /><add key="markers" value="{Directory.CreateDirectory(Feed).FullName}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{Cache}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The copy of the repository.</summary>
    public string Root => Path.Combine(folder, "repository");

    private string Feed => Path.Combine(folder, "feed");

    private string Cache => Path.Combine(folder, "cache");

    public Task<string> DotnetAsync(params string[] arguments) => Dotnet.RunAsync(Root, Path.Combine(folder, "packages"), arguments);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool IsNeeded(string file) =>
        Path.GetExtension(file) is ".csproj" or ".props" or ".targets" or ".sln"
        || Path.GetFileName(file) is "global.json" or ".editorconfig" or "BannedSymbols.txt"
        || file.StartsWith("compat/feed/", StringComparison.Ordinal)
        || file.StartsWith("compat/MailKit/", StringComparison.Ordinal);

    private void Copy(string file)
    {
        var target = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Repository.Root, file), target);
    }

    // Without the packages in question, which are there on a machine whose feed serves them.
    private void LinkCache()
    {
        Directory.CreateDirectory(Cache);
        var hidden = StandInFeed.Packages.Select(package => package.Id.ToLowerInvariant()).ToHashSet();
        foreach (var package in Directory.EnumerateDirectories(UserCache()).Where(package => !hidden.Contains(Path.GetFileName(package))))
            Directory.CreateSymbolicLink(Path.Combine(Cache, Path.GetFileName(package)), package);
    }

    private static string UserCache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
