using Flasky.Emails;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Security;

/// <summary>Headers that every response carries, whatever made it.</summary>
internal static class SecurityHeaders
{
    public static void AddSecurityHeaders(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section)
            .Validate(site => site.PublicBaseUrl is null || site.IsValid, SiteOptions.Refusal)
            .ValidateOnStart();
        services.AddHsts(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // At the last moment, because the exception handler clears what was set before.
            context.Response.OnStarting(static state =>
            {
                var response = (HttpResponse)state;
                var headers = response.Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy.Of(response.HttpContext);
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
                return Task.CompletedTask;
            }, context.Response);
            return next(context);
        });
        if (!app.Environment.IsDevelopment())
        {
            // Only answers to https requests carry it.
            app.UseHsts();
        }
        if (app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicBaseUrl?.Scheme == Uri.UriSchemeHttps)
        {
            // Whatever the last proxy on the way spoke to us: the reader's browser speaks https.
            app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        }
    }
}
