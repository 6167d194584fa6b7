using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets the testing package look into an AppHost while its entry point runs.</summary>
internal abstract class BuilderHooks
{
    private static readonly AsyncLocal<BuilderHooks?> CurrentHooks = new();

    /// <summary>The hooks of the entry point that runs in this flow of execution, or null.</summary>
    internal static BuilderHooks? Current
    {
        get => CurrentHooks.Value;
        set => CurrentHooks.Value = value;
    }

    /// <summary>The builder is about to be made.</summary>
    internal abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The entry point has finished the model and asks for the application.</summary>
    internal abstract DistributedApplication Build(DistributedApplicationBuilder builder);
}
