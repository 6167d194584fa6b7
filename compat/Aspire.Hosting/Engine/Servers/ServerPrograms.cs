using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Engine;

/// <summary>Finds the machine's servers.</summary>
internal static class ServerPrograms
{
    private static readonly string[] HomebrewPrefixes = ["/opt/homebrew", "/usr/local"];

    /// <summary>The path of <c>redis-server</c>, or null.</summary>
    internal static string? Redis() =>
        SearchPath().Concat(HomebrewPrefixes.Select(prefix => $"{prefix}/bin")).Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    /// <summary>The folders that hold a whole PostgreSQL server, by its major version.</summary>
    internal static IReadOnlyDictionary<int, string> Postgres()
    {
        var found = new SortedDictionary<int, string>();
        foreach (var folder in PostgresFolders().Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"))))
        {
            if (MajorVersion(folder) is { } version)
                found.TryAdd(version, folder);
        }

        return found;
    }

    private static IEnumerable<string> PostgresFolders() =>
    [
        .. SearchPath(),
        .. Below("/usr/lib/postgresql"),
        .. HomebrewPrefixes.SelectMany(prefix => Below($"{prefix}/opt")).Where(folder => folder.Contains("/postgresql", StringComparison.Ordinal)),
    ];

    private static IEnumerable<string> Below(string root) =>
        Directory.Exists(root) ? Directory.EnumerateDirectories(root).Select(folder => Path.Combine(folder, "bin")) : [];

    // "postgres (PostgreSQL) 15.8 (Debian 15.8-1)"
    private static int? MajorVersion(string folder)
    {
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        var answer = server.StandardOutput.ReadToEnd();
        server.WaitForExit();
        return answer.Split(' ', '.', '\n').Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
            .FirstOrDefault(number => number is not null);
    }

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
}
