using Flasky.Web.Account;

namespace Flasky.Web.Home;

/// <summary>Whether the start page shows all posts or those of followed people, remembered by the browser for 30 days.</summary>
internal static class FeedChoice
{
    private const string Cookie = "show_followed";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Strangers follow nobody, whatever their cookie says.</summary>
    public static bool IsFollowed(HttpRequest request, CurrentUser current) => current.User is not null && request.Cookies[Cookie] == "1";

    /// <summary>Maps <c>/all</c> and <c>/followed</c>, which change nothing but the reader's own cookie.</summary>
    public static void MapFeedChoice(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/all", static (HttpResponse response) => Choose(response, "")).RequireAuthorization();
        endpoints.MapGet("/followed", static (HttpResponse response) => Choose(response, "1")).RequireAuthorization();
    }

    private static IResult Choose(HttpResponse response, string value)
    {
        response.Cookies.Append(Cookie, value, new CookieOptions
        {
            MaxAge = Lifetime,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
            IsEssential = true,
        });
        return Results.Redirect("/");
    }
}
