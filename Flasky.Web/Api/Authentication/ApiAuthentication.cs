using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Flasky.Web.Api.Authentication;

/// <summary>
/// Signs the callers of the API in for one request. What a token is not for is taken out of what <see cref="CurrentUser"/> may do, so
/// that whatever looks there, as the pages do, keeps to the token's scopes.
/// </summary>
internal sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    PasswordSignIn passwords,
    TokenSignIn tokens,
    UserManager<User> users,
    CurrentUser current) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Api";

    /// <summary>The claim that the address is confirmed.</summary>
    public const string ConfirmedClaim = "confirmed";

    /// <summary>The claim that a token was shown.</summary>
    public const string TokenClaim = "token";

    private ApiRefusal? refusal;

    /// <summary>Whoever calls has shown credentials, and the address is confirmed.</summary>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().RequireClaim(ConfirmedClaim).Build();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not { Length: > 0 } header)
        {
            return AuthenticateResult.NoResult();
        }
        (var account, refusal) = await FindAsync(header);
        if (account is not null && await users.IsLockedOutAsync(account.User))
        {
            refusal = ApiRefusal.InvalidCredentials;
        }
        if (account is null || refusal is not null)
        {
            return AuthenticateResult.Fail("The credentials were refused.");
        }
        current.User = account.User;
        current.Permissions = account.Permissions & Permitted(account.Scopes);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Claims(account), SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var why = refusal ?? new ApiRefusal(StatusCodes.Status401Unauthorized, "Send your e-mail address and password by HTTP basic authentication, or a token.");
        if (why.Status == StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = ApiChallenge.Headers;
        }
        if (why.Wait is { } wait)
        {
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        return ApiError.Of(why.Status, why.Message).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (!Context.User.HasClaim(claim => claim.Type == ConfirmedClaim))
        {
            return ApiError.Of(StatusCodes.Status403Forbidden, "Unconfirmed account: open the link in the mail that was sent to you.").ExecuteAsync(Context);
        }
        if (Context.GetEndpoint()?.Metadata.GetMetadata<RequireScopeAttribute>() is { } needed && !needed.IsIn(Context.User))
        {
            Response.Headers[HeaderNames.WWWAuthenticate] = $"Bearer error=\"insufficient_scope\", scope=\"{needed.Name}\"";
            return ApiError.Of(StatusCodes.Status403Forbidden, $"This token is not for that: it lacks the scope {needed.Name}. Make another at /auth/tokens.").ExecuteAsync(Context);
        }
        return ApiError.Forbidden().ExecuteAsync(Context);
    }

    private async Task<(ApiAccount?, ApiRefusal?)> FindAsync(string header) => Credentials.Read(header) switch
    {
        null => (null, ApiRefusal.InvalidCredentials),
        { Password: null } token => await tokens.FindAsync(token.Name, Context.RequestAborted),
        { } pair => await passwords.FindAsync(pair.Name, pair.Password, Context.RequestAborted),
    };

    private static Permissions Permitted(ApiScopes scopes) =>
        (scopes.HasFlag(ApiScopes.Write) ? Permissions.Follow | Permissions.Comment | Permissions.Write : Permissions.None)
        | (scopes.HasFlag(ApiScopes.Moderate) ? Permissions.Moderate | Permissions.Administer : Permissions.None);

    private static IEnumerable<Claim> Claims(ApiAccount account)
    {
        yield return new Claim(ClaimTypes.NameIdentifier, account.User.Id.ToString(CultureInfo.InvariantCulture));
        if (account.User.EmailConfirmed)
        {
            yield return new Claim(ConfirmedClaim, "");
        }
        if (account.ByToken)
        {
            yield return new Claim(TokenClaim, "");
        }
        foreach (var scope in account.Scopes.Names())
        {
            yield return new Claim(RequireScopeAttribute.ClaimType, scope);
        }
    }
}

/// <summary>What a 401 says about how to do better.</summary>
internal static class ApiChallenge
{
    public static readonly Microsoft.Extensions.Primitives.StringValues Headers = new(["Basic realm=\"Flasky\", charset=\"UTF-8\"", "Bearer realm=\"Flasky\""]);
}
