using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Flasky.Web.Security;

/// <summary>
/// Keeps tokens out of telemetry. Where a route has one, the request's span shows the route instead of the path; and a page that a
/// visitor is sent back to after logging in is left out of the query, since it may be such a path. Under Aspire, queries are
/// recorded as they are.
/// </summary>
internal static class TokenRedaction
{
    private const string TokenParameter = "token";
    private const string ReturnParameter = "next";

    /// <summary>Goes behind routing and before anything that may end the request.</summary>
    public static void UseTokenRedaction(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            if (context.GetEndpoint() is RouteEndpoint { RoutePattern: var route } && route.GetParameter(TokenParameter) is not null)
                span.SetTag("url.path", "/" + route.RawText?.TrimStart('/'));
            if (context.Request.Query.ContainsKey(ReturnParameter))
                span.SetTag("url.query", Redacted(context.Request.Query));
        }
        return next(context);
    });

    private static string Redacted(IQueryCollection query) => new QueryBuilder(
        query.Select(static parameter => parameter.Key.Equals(ReturnParameter, StringComparison.OrdinalIgnoreCase) ? new(parameter.Key, "Redacted") : parameter)).ToString();
}
