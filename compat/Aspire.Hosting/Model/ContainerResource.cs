namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is a container where there is a container engine; here a server of the machine takes its place.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>The command that starts the container; null is the image's.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
