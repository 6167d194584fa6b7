using Flasky.Web.Account;
using Flasky.Web.Api;
using Flasky.Web.Errors;
using Flasky.Web.Feeds;
using Flasky.Web.Home;
using Flasky.Web.Notifications;
using Flasky.Web.Posts;
using Flasky.Web.Security;
using Flasky.Web.Users;

namespace Flasky.Web;

/// <summary>Puts the site together: what its pages need, and the way of a request through it.</summary>
internal static class FlaskyWeb
{
    public static void AddFlaskyWeb(this WebApplicationBuilder builder)
    {
        TrustedProxies.Add(builder);
        builder.LimitRequestBodies();
        builder.Services.AddAccounts();
        builder.Services.AddForms();
        builder.Services.AddContent();
        builder.Services.AddNotifications();
        builder.Services.AddApi();
        builder.Services.AddSecurityHeaders();
        builder.Services.AddRazorPages(pages =>
        {
            // Pages live in the slice they belong to.
            pages.RootDirectory = "/";
            pages.AllowUnconfirmedUsers("/Account");
            pages.AllowUnconfirmedUsers("/Errors");
            pages.AllowUnconfirmedUsers("/Notifications");
        });
    }

    public static void UseFlaskyWeb(this WebApplication app)
    {
        TrustedProxies.Use(app);
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseRouting();
        app.UseTokenRedaction();
        app.UseAuthentication();
        app.UseWhen(static context => !context.IsApi(), static site => site.UseMiddleware<SignedInUser>());
        app.UseApi();
        app.UseAuthorization();

        // Short-circuited: a stylesheet needs no user.
        app.MapStaticAssets().ShortCircuit();
        app.MapAvatars();
        app.MapFeeds();
        app.MapApi();
        app.MapFeedChoice();
        app.MapRazorPages().WithStaticAssets();
    }
}
