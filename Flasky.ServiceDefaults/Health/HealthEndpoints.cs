using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flasky.ServiceDefaults.Health;

internal static class HealthEndpoints
{
    /// <summary>Answers with the status as one word: 200 if healthy or degraded, 503 if unhealthy.</summary>
    internal static void MapHealthReport(this IEndpointRouteBuilder app, string path, Func<HealthCheckRegistration, bool> checks)
    {
        var report = ActivatorUtilities.CreateInstance<SharedHealthReport>(app.ServiceProvider, checks);
        app.MapGet(path, async (HttpContext context) =>
        {
            var status = await report.GetStatusAsync(context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(
                status.ToString(),
                statusCode: status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
