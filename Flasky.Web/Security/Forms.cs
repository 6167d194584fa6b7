using Flasky.Web.Layout;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Flasky.Web.Security;

/// <summary>How forms are protected and how large they may be.</summary>
internal static class Forms
{
    /// <summary>The most bytes of any request's body. A page that takes more says so with <see cref="RequestSizeLimitAttribute"/>.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public static void LimitRequestBodies(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 64;
            form.KeyLengthLimit = 256;
            form.ValueLengthLimit = MaxBodyBytes;
            form.MultipartBodyLengthLimit = MaxBodyBytes;
        });
    }

    public static void AddForms(this IServiceCollection services)
    {
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "Flasky.Form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // frame-ancestors and X-Frame-Options are on every response already.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(flash =>
        {
            flash.Cookie.Name = Flash.Cookie;
            flash.Cookie.HttpOnly = true;
            flash.Cookie.SameSite = SameSiteMode.Lax;
            flash.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // The rules are checked here; the browser gets the plain HTML attributes.
        services.Configure<MvcViewOptions>(views => views.HtmlHelperOptions.ClientValidationEnabled = false);
    }
}
