using System.Globalization;
using System.Security.Claims;
using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Account;

/// <summary>Identity's signing in and out, which also keeps the rows of <see cref="UserSession"/>.</summary>
internal sealed class AccountSignIn(
    UserManager<User> users,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> identity,
    ILogger<SignInManager<User>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation,
    FlaskyDbContext db,
    CurrentUser current,
    TimeProvider time) : SignInManager<User>(users, http, claims, identity, logger, schemes, confirmation)
{
    /// <summary>The claim with the session's id.</summary>
    public const string SessionClaim = "session";

    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = current.Session is { } present && present.UserId == user.Id ? present : await OpenAsync(user);
        await base.SignInWithClaimsAsync(user, authenticationProperties,
            additionalClaims.Append(new Claim(SessionClaim, session.Id.ToString("N", CultureInfo.InvariantCulture))));
    }

    /// <summary>Keeps this session through a change of the security stamp, which is the end of all others.</summary>
    public override async Task RefreshSignInAsync(User user)
    {
        if (current.Session is { } session && user.SecurityStamp != Context.User.FindFirstValue(Options.ClaimsIdentity.SecurityStampClaimType))
        {
            await db.UserSessions.Where(s => s.UserId == user.Id && s.Id != session.Id).ExecuteDeleteAsync();
        }
        await base.RefreshSignInAsync(user);
    }

    public override async Task SignOutAsync()
    {
        if (current.Session is { } session)
        {
            await db.UserSessions.Where(s => s.Id == session.Id).ExecuteDeleteAsync();
        }
        await base.SignOutAsync();
    }

    private async Task<UserSession> OpenAsync(User user)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Device = Device.Describe(Context.Request.Headers.UserAgent.ToString()),
            CreatedAt = now,
            LastUsedAt = now,
        };
        db.UserSessions.Add(session);
        await db.SaveChangesAsync();
        return session;
    }
}
