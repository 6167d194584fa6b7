using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes HTTP clients resilient.</summary>
public static class ResilienceHttpClientBuilderExtensions
{
    /// <summary>
    /// Sends through the standard pipeline: 30 s in all, three retries with growing and jittered delays, a circuit breaker,
    /// and 10 s an attempt. A client's state is shared by all its instances; the defaults for all clients share one.
    /// </summary>
    /// <remarks>Every method is retried, as by the package that this stands in for; its limit of 1000 requests at once is left out.</remarks>
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Null, whatever its declaration says, when the builder is the one for all clients' defaults.
        var name = $"{builder.Name}-standard";
        builder.Services.TryAddKeyedSingleton(name, static (services, _) =>
            StandardPipeline.Build(services.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.AddHttpMessageHandler(services => new ResilienceHandler(
            services.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(name)));
        // The pipeline keeps the time; HttpClient's own limit would cut retries short.
        builder.ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan);
        return new StandardResiliencePipelineBuilder(name, builder.Services);
    }
}
