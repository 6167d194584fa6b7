using Flasky.ServiceDefaults.Health;
using Flasky.ServiceDefaults.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every Flasky process has, web host or console host: telemetry, health, service discovery, resilient HTTP clients.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const string LiveTag = "live";

    /// <summary>Adds all defaults. The first call of every Program.cs.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.ReportStartupFailuresOnce();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Collects traces, metrics and logs, and sends them by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. What is still
    /// unsent when the host stops is sent then.
    /// </summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics
                .AddMeter("Flasky.Jobs", "Flasky.Mail")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, "Flasky.Jobs", "Flasky.Mail", "Npgsql")
                .AddAspNetCoreInstrumentation(static options => options.Filter = static context => !IsHealthRequest(context))
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
        return builder;
    }

    /// <summary>
    /// Adds the check <c>self</c> (tag <c>live</c>), and logs one line whenever any check's status changes, the first time
    /// as the process starts. A check without a time limit of its own gets five seconds.
    /// </summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddSingleton<IHealthCheckPublisher, HealthLog>();
        // HealthLog tells each change in a line; the framework would tell each check, with a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.Configure<HealthCheckPublisherOptions>(static options => options.Delay = TimeSpan.Zero);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(static options => options.Registrations
            .Where(static check => check.Timeout == Timeout.InfiniteTimeSpan).ToList()
            .ForEach(static check => check.Timeout = HealthLog.CheckLimit));
        return builder;
    }

    /// <summary>
    /// Says that the process does its work without what a check looks at: its failure makes the process degraded, not unhealthy,
    /// so that it keeps getting traffic.
    /// </summary>
    /// <param name="builder">The host under construction.</param>
    /// <param name="healthCheckName">The check's name, for example <c>StackExchange.Redis</c>. If there is none, the host does not start.</param>
    public static TBuilder ToleratesFailureOf<TBuilder>(this TBuilder builder, string healthCheckName) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            var check = options.Registrations.FirstOrDefault(check => check.Name == healthCheckName)
                ?? throw new InvalidOperationException($"No health check is named '{healthCheckName}'.");
            check.FailureStatus = HealthStatus.Degraded;
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check: ready for traffic) and <c>/alive</c> (tag <c>live</c>: no restart needed). They are
    /// mapped in every environment, because the AppHost and the cloud ask for them: a reply is one word, and strangers cannot
    /// load a dependency through it, since a report is shared by all who ask within two seconds.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthReport(HealthEndpointPath, static _ => true);
        app.MapHealthReport(AlivenessEndpointPath, static check => check.Tags.Contains(LiveTag));
        return app;
    }

    private static bool IsHealthRequest(HttpContext context) =>
        context.Request.Path.Value is { } path
        && (path.Equals(HealthEndpointPath, StringComparison.OrdinalIgnoreCase) || path.Equals(AlivenessEndpointPath, StringComparison.OrdinalIgnoreCase));
}
