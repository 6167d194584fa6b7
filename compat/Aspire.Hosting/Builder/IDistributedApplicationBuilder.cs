using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Builds a distributed application. Not thread-safe.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Settings of the AppHost: command line, environment, user secrets, appsettings.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The AppHost's assembly, if known.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The environment of the AppHost.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The services of the AppHost itself.</summary>
    IServiceCollection Services { get; }

    /// <summary>Whether the application runs or is published.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="DistributedApplicationException">There is one of that name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>A builder for a resource, whether it is in the model or not.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Builds the application.</summary>
    DistributedApplication Build();
}

/// <summary>More on <see cref="IDistributedApplicationBuilder" />.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <summary>A builder for the resource of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is of another type.</exception>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource
    {
        if (!builder.Resources.TryGetByName(name, out var resource))
            throw new InvalidOperationException($"Resource '{name}' was not found.");
        if (resource is not T typed)
            throw new InvalidOperationException($"Resource '{name}' of type '{resource.GetType()}' is not assignable to requested type '{typeof(T)}'.");

        return builder.CreateResourceBuilder(typed);
    }
}
