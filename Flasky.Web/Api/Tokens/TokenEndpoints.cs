using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Flasky.Web.Api.Documents;

namespace Flasky.Web.Api.Tokens;

internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api) => api.MapPost("/tokens/", WriteAsync)
        .Describe<TokenJson>("Get a token for a password", "It works for an hour and for everything. Not with a token: it would never end.", 200)
        .WithTags("Tokens");

    private static async Task<IResult> WriteAsync(HttpContext context, TokenWriter writer, CurrentUser current)
    {
        if (context.User.HasClaim(claim => claim.Type == ApiAuthentication.TokenClaim))
        {
            context.Response.Headers.WWWAuthenticate = ApiChallenge.Headers;
            return ApiError.Of(StatusCodes.Status401Unauthorized, "Invalid credentials: a token is made for a password only, not for another token.");
        }
        var token = await writer.WriteShortAsync(current.User!, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new TokenJson(token, (int)TokenWriter.ShortLifetime.TotalSeconds), ApiJson.Readable.TokenJson);
    }
}
