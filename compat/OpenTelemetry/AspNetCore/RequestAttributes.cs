using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>The attributes of an HTTP server span, by OpenTelemetry's HTTP conventions.</summary>
internal static partial class RequestAttributes
{
    internal static void OnStart(Activity activity, HttpRequest request)
    {
        var method = KnownMethod(request.Method);
        activity.DisplayName = method ?? "HTTP";
        activity.SetTag("http.request.method", method ?? "_OTHER");
        if (method != request.Method)
        {
            activity.SetTag("http.request.method_original", request.Method);
        }
        if (request.Host.HasValue)
        {
            activity.SetTag("server.address", request.Host.Host);
            activity.SetTag("server.port", request.Host.Port);
        }
        activity.SetTag("url.scheme", request.Scheme);
        activity.SetTag("url.path", (request.PathBase + request.Path) is { HasValue: true } path ? path.ToString() : "/");
        if (request.QueryString.HasValue)
        {
            activity.SetTag("url.query", QueryValue().Replace(request.QueryString.Value!, "=Redacted"));
        }
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..])
        {
            activity.SetTag("user_agent.original", agent);
        }
        activity.SetTag("network.protocol.version", request.Protocol.Replace("HTTP/", "", StringComparison.Ordinal));
    }

    internal static void OnStop(Activity activity, HttpContext context)
    {
        if (Route(context) is { } route)
        {
            activity.DisplayName = $"{KnownMethod(context.Request.Method) ?? "HTTP"} {route}";
            activity.SetTag("http.route", route);
        }
        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if (activity.Status == ActivityStatusCode.Unset && context.Response.StatusCode is >= 500 and <= 599)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    internal static void OnException(Activity activity, Exception exception, bool record)
    {
        activity.SetTag("error.type", exception.GetType().FullName);
        activity.SetStatus(ActivityStatusCode.Error);
        if (record)
        {
            activity.AddException(exception);
        }
    }

    private static string? Route(HttpContext context)
    {
        // Error pages run the pipeline a second time and leave the first endpoint here.
        var endpoint = context.GetEndpoint() ?? context.Items["__OriginalEndpoint"] as Endpoint;
        return endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route switch
        {
            { Length: > 0 } route => route,
            null => context.GetRouteValue("page") as string,
            _ => context.GetRouteValue("page") as string ?? "/",
        };
    }

    // A method that nobody knows must not become a name of its own: a stranger could make any number of them.
    private static string? KnownMethod(string method) => method switch
    {
        "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "TRACE" or "PATCH" or "CONNECT" or "QUERY" => method,
        _ => null,
    };

    [GeneratedRegex("=[^&]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueryValue();
}
