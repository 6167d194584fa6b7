using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Web.Errors;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Account;

/// <summary>Signing in by cookie, on top of the accounts that Flasky.Data registers.</summary>
internal static class AccountSetup
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<Registration>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<EmailChange>();
        services.AddScoped<Passkeys>();
        services.AddScoped<AuthenticatorApp>();
        services.AddScoped<CurrentUser>();
        services.AddPermissions();
        services.AddScoped<EvenTime>();
        services.AddScoped<AccountLimits>();
        services.AddScoped<IPersonalData, AccountData>();
        services.AddHostedService<AccountSweep>();
        services.AddOptions<AccountLimitOptions>().BindConfiguration(AccountLimitOptions.Section)
            .Validate(limits => limits.IsValid, $"Each limit in {AccountLimitOptions.Section} needs a Burst of at least 1 and Every longer than 00:00:00.")
            .ValidateOnStart();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddHttpContextAccessor();
        services.AddScoped<SignInManager<User>, AccountSignIn>();
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<User>>();
        services.AddScoped<ITwoFactorSecurityStampValidator, TwoFactorSecurityStampValidator<User>>();
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        new IdentityBuilder(typeof(User), typeof(Role), services)
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SiteOptions>>(static (passkeys, site) =>
        {
            // Never what the request says the host is, if it is configured.
            passkeys.ServerDomain = site.Value.PublicBaseUrl?.Host;
            // A passkey stands for password and code: the device checks who holds it, and knows the account.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "Flasky";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = UserSession.Lifetime;
            cookie.LoginPath = "/auth/login";
            cookie.ReturnUrlParameter = "next";
            // SignedInUser looks at every request; Identity's own check comes half an hour late, and loses the session.
            cookie.Events.OnValidatePrincipal = static _ => Task.CompletedTask;
            // Without a host: what the request says its host is, is not to be repeated.
            cookie.Events.OnRedirectToLogin = static context =>
            {
                if (ErrorFormat.IsJson(context.Request))
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                }
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
