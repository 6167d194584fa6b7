using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Flasky.Mailbox.Web;

/// <summary>
/// Keeps other web sites out: a mailbox holds confirmation links and needs no log-in, and any page in the developer's
/// browser can reach its port.
/// </summary>
internal static class LocalOnly
{
    /// <summary>Runs the next handler unless another site is behind the request; then answers 403.</summary>
    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (IsOurs(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This mailbox answers only to its own page and to programs on this machine.");
    }

    private static bool IsOurs(HttpRequest request)
    {
        if (!IsLocalName(request.Host.Host)) return false;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return true;
        if (!StringValues.IsNullOrEmpty(request.Headers["Sec-Fetch-Site"])) return request.Headers["Sec-Fetch-Site"] == "same-origin";
        var origin = request.Headers.Origin;
        return StringValues.IsNullOrEmpty(origin) || origin == $"{request.Scheme}://{request.Host}";
    }

    // An attacker's name can be made to resolve to this machine (DNS rebinding); localhost and plain addresses cannot.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host, out _);
}
