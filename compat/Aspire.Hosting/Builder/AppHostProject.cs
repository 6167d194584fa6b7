using System.Reflection;

namespace Aspire.Hosting;

internal static class AppHostProject
{
    /// <summary>The folder of the AppHost's project, as its build noted it; null without such a note.</summary>
    internal static string? DirectoryOf(Assembly? assembly) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, "AppHostProjectPath", StringComparison.OrdinalIgnoreCase))
            ?.Value is { } path && Directory.Exists(path) ? path : null;
}
