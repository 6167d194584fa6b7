using Flasky.Data.Tokens;
using Flasky.Data.Users;

namespace Flasky.Web.Api.Authentication;

/// <summary>Who calls, and what the credentials allow.</summary>
/// <param name="User">The account, tracked.</param>
/// <param name="Permissions">What its role allows.</param>
/// <param name="Scopes">What the token is for; a password is for everything.</param>
/// <param name="ByToken">Whether a token was shown, not the password.</param>
internal sealed record ApiAccount(User User, Permissions Permissions, ApiScopes Scopes, bool ByToken);

/// <summary>Why credentials were refused.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Message">What to do about it.</param>
/// <param name="Wait">How long to wait. Null: that is not what is wrong.</param>
internal sealed record ApiRefusal(int Status, string Message, TimeSpan? Wait = null)
{
    /// <summary>The same for an unknown address and a wrong password, so that nobody learns who is a member.</summary>
    public static readonly ApiRefusal InvalidCredentials = new(StatusCodes.Status401Unauthorized, "Invalid credentials");

    public static readonly ApiRefusal InvalidToken = new(StatusCodes.Status401Unauthorized,
        "This token does not work: it has expired, was revoked, or is older than the last change of the password.");

    public static readonly ApiRefusal NeedsToken = new(StatusCodes.Status403Forbidden,
        "This account has two-step login, so its password alone does not open the API. Make a token at /auth/tokens and send it instead.");

    public static ApiRefusal Limited(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests, "Too many passwords were tried. Please wait as long as Retry-After says.", wait);
}
