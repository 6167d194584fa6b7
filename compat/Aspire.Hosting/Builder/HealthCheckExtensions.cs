using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const int DefaultStatusCode = 200;

    /// <summary>Counts the resource as healthy only while a registered health check passes.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Counts the resource as healthy only while it answers an http request.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; null is the root.</param>
    /// <param name="statusCode">The status that counts as healthy; null is 200.</param>
    /// <param name="endpointName">The endpoint; null is the first http endpoint.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.GetEndpoint(endpointName
            ?? builder.Resource.GetEndpoints().FirstOrDefault(candidate => candidate.Scheme is "http" or "https")?.EndpointName
            ?? throw new DistributedApplicationException($"Could not create HTTP health check for resource '{builder.Resource.Name}' as it has no HTTP endpoints."));
        var expected = statusCode ?? DefaultStatusCode;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new HttpHealthCheck(services.GetRequiredService<IHttpClientFactory>(), endpoint, path, expected),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }
}
