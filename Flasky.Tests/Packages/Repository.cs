namespace Flasky.Tests.Packages;

/// <summary>Where the sources of this build are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every source file, relative to <see cref="Root"/> and with forward slashes; no build output.</summary>
    public static IEnumerable<string> Files() => Files(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(child => Path.GetFileName(child) is not ("bin" or "obj" or ".git" or "TestResults"))
            .SelectMany(Files));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Flasky.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Flasky.sln is in no folder above the tests.");
        return folder;
    }
}
