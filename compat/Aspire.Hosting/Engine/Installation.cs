namespace Aspire.Hosting.Engine;

/// <summary>A server that the machine must have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Apt">The Debian package.</param>
/// <param name="Brew">The Homebrew formula.</param>
internal sealed record ServerPackage(string Name, string Apt, string Brew)
{
    internal static readonly ServerPackage Redis = new("Redis", "redis-server", "redis");
    internal static readonly ServerPackage Postgres = new("PostgreSQL", "postgresql", "postgresql@17");
}

internal static class Installation
{
    /// <summary>One message for all that is missing, with the command that installs it.</summary>
    internal static string Message(IReadOnlySet<ServerPackage> missing)
    {
        var command = OperatingSystem.IsMacOS()
            ? "brew install " + string.Join(' ', missing.Select(package => package.Brew))
            : "sudo apt-get install " + string.Join(' ', missing.Select(package => package.Apt));
        return $"This machine lacks {string.Join(" and ", missing.Select(package => package.Name))}. Install with: {command}";
    }
}
