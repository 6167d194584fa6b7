using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What every project is given, whatever the model says of it.</summary>
internal static class ProjectDefaults
{
    // Short delays make telemetry visible at once while developing; the SDK's own defaults are 5 s and 60 s.
    private const string TelemetryDelayMilliseconds = "1000";

    internal static IResourceBuilder<ProjectResource> WithProjectDefaults(this IResourceBuilder<ProjectResource> builder, LaunchProfile? profile)
    {
        builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
                return;

            var environment = context.EnvironmentVariables;
            environment["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
            environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
            environment["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            environment["OTEL_SERVICE_NAME"] = builder.Resource.Name;
            environment["OTEL_RESOURCE_ATTRIBUTES"] = ReplicaValue.TelemetryInstanceId;
            if (builder.ApplicationBuilder.Environment.IsDevelopment())
                AddDevelopmentTelemetry(environment);
        });
        builder.WithEnvironment(SetUrls);
        if (profile is not null)
            builder.AddLaunchProfile(profile);
        return builder;
    }

    private static void AddDevelopmentTelemetry(Dictionary<string, object> environment)
    {
        environment["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        environment["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
        environment["OTEL_BLRP_SCHEDULE_DELAY"] = TelemetryDelayMilliseconds;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = TelemetryDelayMilliseconds;
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = TelemetryDelayMilliseconds;
        environment["OTEL_TRACES_SAMPLER"] = "always_on";
        environment["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }

    private static void SetUrls(EnvironmentCallbackContext context)
    {
        var project = (ProjectResource)context.Resource;
        var urls = project.GetEndpoints()
            .Where(endpoint => endpoint.Scheme is "http" or "https")
            .Select(endpoint => $"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Port}")
            .ToArray();
        if (urls.Length > 0 && context.ExecutionContext.IsRunMode)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', urls);
    }

    private static void AddLaunchProfile(this IResourceBuilder<ProjectResource> builder, LaunchProfile profile)
    {
        var publish = builder.ApplicationBuilder.ExecutionContext.IsPublishMode;
        foreach (var (name, url) in publish ? LaunchProfile.PublishedEndpoints(profile) : profile.Endpoints())
        {
            builder.WithEndpoint(name, endpoint =>
            {
                endpoint.UriScheme = url.Scheme;
                endpoint.TargetHost = url.Host;
                endpoint.Port = publish ? null : url.Port;
            });
        }

        if (publish)
            return;

        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (name, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
        });
    }
}
