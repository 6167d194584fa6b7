using Aspire.Hosting;
using Aspire.Hosting.StandIn;

namespace Flasky.Compat.TestAppHost;

/// <summary>This project as a resource; what the AppHost's build would generate.</summary>
public sealed class ProbeProject : IProjectMetadata, IBuiltProject
{
    private static readonly string Folder = AppHostFolder();

    /// <inheritdoc />
    public string ProjectPath => Path.Combine(Folder, "Flasky.Compat.TestAppHost.csproj");

    /// <inheritdoc />
    public string TargetPath => typeof(ProbeProject).Assembly.Location;

    private static string AppHostFolder() =>
        typeof(ProbeProject).Assembly.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(System.Reflection.AssemblyMetadataAttribute))
            .First(attribute => (string?)attribute.ConstructorArguments[0].Value == "AppHostProjectPath")
            .ConstructorArguments[1].Value as string ?? "";
}
