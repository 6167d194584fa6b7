using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string ConnectionStringPrefix = "ConnectionStrings__";

    /// <summary>Gives the resource the connection string of another, as <c>ConnectionStrings__{name}</c>, and its parts as <c>{NAME}_{PART}</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other one.</param>
    /// <param name="connectionName">The name of the connection string; null is the other resource's name.</param>
    /// <param name="optional">Whether the resource can start without a value.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        var variable = resource.ConnectionStringEnvironmentVariable ?? ConnectionStringPrefix + connectionName;
        return builder.WithEnvironment(async context =>
        {
            var value = await resource.GetConnectionStringAsync(context.CancellationToken);
            if (!string.IsNullOrEmpty(value))
                context.EnvironmentVariables[variable] = value;
            else if (!optional)
                throw new DistributedApplicationException($"The connection string for the resource '{resource.Name}' is not available.");

            foreach (var (part, expression) in resource.GetConnectionProperties())
                context.EnvironmentVariables[VariableName($"{connectionName}_{part}")] = expression;
        });
    }

    /// <summary>Tells the resource where another one is, as <c>services__{name}__{endpoint}__0</c> and <c>{NAME}_{ENDPOINT}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        foreach (var endpoint in source.Resource.GetEndpoints())
            builder.WithReference(endpoint);
        return builder;
    }

    /// <summary>Tells the resource where one endpoint is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        var service = endpointReference.Resource.Name;
        var endpoint = endpointReference.EndpointName;
        return builder
            .WithEnvironment($"services__{service}__{endpoint}__0", endpointReference)
            .WithEnvironment(VariableName($"{service}_{endpoint}"), endpointReference);
    }

    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();
}
