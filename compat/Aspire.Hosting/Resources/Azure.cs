using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure.AppContainers;

namespace Aspire.Hosting.Azure.AppContainers
{
    /// <summary>A deployment target in Azure. It means nothing while the application runs on this machine.</summary>
    public class AzureContainerAppEnvironmentResource(string name) : Resource(name);
}

namespace Aspire.Hosting
{
    /// <summary>Adds deployment targets in Azure.</summary>
    public static class AzureContainerAppExtensions
    {
        /// <summary>Deploys the application to an Azure Container Apps environment.</summary>
        public static IResourceBuilder<AzureContainerAppEnvironmentResource> AddAzureContainerAppEnvironment(this IDistributedApplicationBuilder builder, string name)
        {
            var environment = new AzureContainerAppEnvironmentResource(name);
            // As in the real package: only a publish has it in the model.
            return builder.ExecutionContext.IsPublishMode ? builder.AddResource(environment) : builder.CreateResourceBuilder(environment);
        }
    }

    /// <summary>Says how a resource is deployed to Azure Container Apps.</summary>
    public static class ContainerAppExtensions
    {
        /// <summary>Deploys the resource as a job that is started by hand. It means nothing while the application runs on this machine.</summary>
        public static IResourceBuilder<T> PublishAsAzureContainerAppJob<T>(this IResourceBuilder<T> resource)
            where T : IComputeResource => resource;
    }
}
