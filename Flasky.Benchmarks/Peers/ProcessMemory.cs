using System.Globalization;

namespace Flasky.Benchmarks.Peers;

/// <summary>Memory of processes with all their children, by /proc.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// Proportional set size in MB: what forked children share counts once. For one process alone it is its resident set size, less
    /// its share of libraries that others use too. NaN where the system has no /proc.
    /// </summary>
    public static double OfTree(int process)
    {
        if (!OperatingSystem.IsLinux())
            return double.NaN;
        return Own(process) + Children(process).Sum(OfTree);
    }

    private static double Own(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static IEnumerable<int> Children(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));
}
