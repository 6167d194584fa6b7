using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Signing in by cookie, on top of the accounts that Flasky.Data registers.</summary>
internal static class AccountSetup
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<Registration>();
        services.AddScoped<CurrentUser>();
        services.AddAuthorization();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddScoped<SignInManager<User>>();
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<User>>();
        services.AddScoped<ITwoFactorSecurityStampValidator, TwoFactorSecurityStampValidator<User>>();
        services.AddHttpContextAccessor();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "Flasky";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/auth/login";
            cookie.ReturnUrlParameter = "next";
            // Without a host: what the request says its host is, is not to be repeated.
            cookie.Events.OnRedirectToLogin = static context =>
            {
                context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToAccessDenied = static context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Lets users who have not confirmed their address see the pages of a folder.</summary>
    public static void AllowUnconfirmedUsers(this RazorPagesOptions pages, string folder) =>
        pages.Conventions.AddFolderApplicationModelConvention(folder, static page => page.EndpointMetadata.Add(new AllowUnconfirmed()));
}

/// <summary>Marks an endpoint that users see before they have confirmed their address; all others send them to /auth/unconfirmed.</summary>
internal sealed class AllowUnconfirmed;
