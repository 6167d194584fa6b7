namespace Aspire.Hosting.Engine;

/// <summary>Who a server runs as when the AppHost runs as root, which PostgreSQL refuses.</summary>
internal static class UnprivilegedUser
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>The user, or null to run as the AppHost's own.</summary>
    internal static string? Name() => Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
        ? Candidates.FirstOrDefault(candidate => Fields("/etc/passwd", candidate) is not null)
            ?? throw new DistributedApplicationException($"PostgreSQL does not run as root, and this machine has none of the users {string.Join(", ", Candidates)}.")
        : null;

    /// <summary>The user's primary group, as a number.</summary>
    internal static string GroupOf(string user) => Fields("/etc/passwd", user)![3];

    private static string[]? Fields(string file, string name) =>
        File.ReadLines(file).Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name);
}
