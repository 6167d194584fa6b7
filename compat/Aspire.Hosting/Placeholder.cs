namespace Aspire.Hosting;

/// <summary>What the AppHost's generated project classes implement.</summary>
public interface IProjectMetadata
{
    /// <summary>The project file.</summary>
    string ProjectPath { get; }

    /// <summary>Whether the engine should not build the project itself.</summary>
    bool SuppressBuild => false;
}
