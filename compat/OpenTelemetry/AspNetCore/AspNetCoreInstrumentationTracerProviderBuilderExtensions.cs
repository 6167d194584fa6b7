using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

/// <summary>Traces incoming HTTP requests.</summary>
public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
{
    /// <summary>Listens to ASP.NET Core, and names and tags its activities by the HTTP conventions.</summary>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(this TracerProviderBuilder builder) =>
        builder.AddAspNetCoreInstrumentation(configureAspNetCoreTraceInstrumentationOptions: null);

    /// <summary>Listens to ASP.NET Core, and names and tags its activities by the HTTP conventions.</summary>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions)
    {
        builder.ConfigureServices(services =>
        {
            var options = services.AddOptions<AspNetCoreTraceInstrumentationOptions>();
            if (configureAspNetCoreTraceInstrumentationOptions is not null)
            {
                options.Configure(configureAspNetCoreTraceInstrumentationOptions);
            }
        });
        return builder
            .AddSource("Microsoft.AspNetCore")
            .AddInstrumentation(static services => new RequestListener(
                services.GetRequiredService<IOptions<AspNetCoreTraceInstrumentationOptions>>().Value));
    }
}
