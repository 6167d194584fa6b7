using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets services be called by name.</summary>
public static class ServiceDiscoveryServiceCollectionExtensions
{
    /// <summary>Adds what resolves names: the section <c>services</c> of the configuration, as a host such as Aspire's fills it.</summary>
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ConfiguredEndpoints>();
        return services;
    }
}

/// <summary>Lets HTTP clients call services by name.</summary>
public static class ServiceDiscoveryHttpClientBuilderExtensions
{
    /// <summary>Resolves the names in request addresses; an address that no configuration knows is left as it is.</summary>
    /// <example><c>https+http://web/posts</c> goes to the HTTPS endpoint of <c>web</c>, or if it has none, to the HTTP one.</example>
    public static IHttpClientBuilder AddServiceDiscovery(this IHttpClientBuilder httpClientBuilder)
    {
        ArgumentNullException.ThrowIfNull(httpClientBuilder);
        httpClientBuilder.Services.AddServiceDiscovery();
        return httpClientBuilder.AddHttpMessageHandler(static services =>
            new ResolvingHandler(services.GetRequiredService<ConfiguredEndpoints>()));
    }
}
