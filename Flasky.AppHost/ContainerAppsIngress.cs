namespace Flasky.AppHost;

/// <summary>
/// What ends TLS before an application in Azure Container Apps. It speaks from the addresses that an environment with workload profiles,
/// as Aspire makes it, keeps for itself:
/// https://learn.microsoft.com/azure/container-apps/custom-virtual-networks#subnet-address-range-restrictions
/// </summary>
public static class ContainerAppsIngress
{
    /// <summary>These addresses.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["100.100.0.0/17", "100.100.128.0/19", "100.100.160.0/19", "100.100.192.0/19"];

    /// <summary>Lets the web believe the ingress, and nobody else, who asks and how.</summary>
    internal static void TrustIngress(this IResourceBuilder<ProjectResource> web)
    {
        for (var i = 0; i < Networks.Count; i++)
            web.WithEnvironment($"Flasky__TrustedProxies__{i}", Networks[i]);
    }
}
