using Microsoft.AspNetCore.Http.Features;

namespace Flasky.Web.Security;

/// <summary>Keeps tokens out of telemetry: where a route has one, the request's span shows the route instead of the path.</summary>
internal static class TokenRedaction
{
    private const string TokenParameter = "token";

    /// <summary>Goes behind routing and before anything that may end the request.</summary>
    public static void UseTokenRedaction(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern: var route } && route.GetParameter(TokenParameter) is not null)
            context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("url.path", "/" + route.RawText?.TrimStart('/'));
        return next(context);
    });
}
