namespace Flasky.Web.Security;

/// <summary>Headers that every response carries, whatever made it.</summary>
internal static class SecurityHeaders
{
    // Everything comes from this site, and nothing is inline.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // At the last moment, because the exception handler clears what was set before.
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                return Task.CompletedTask;
            }, context.Response);
            return next(context);
        });
        if (!app.Environment.IsDevelopment())
        {
            // Only answers to https requests carry it.
            app.UseHsts();
        }
    }
}
