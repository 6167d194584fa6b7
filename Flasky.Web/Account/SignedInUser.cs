using System.Globalization;
using System.Security.Claims;
using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Account;

/// <summary>
/// Loads the signed-in user once a request, with session and permissions in one statement: ends a session that was ended elsewhere, or whose account or
/// password is gone; moves last-seen; and keeps users who have not confirmed their address out of everything but what is
/// marked for them.
/// </summary>
internal sealed class SignedInUser(RequestDelegate next, TimeProvider time, IOptions<IdentityOptions> identity)
{
    // A row a minute and user, not one a request.
    private static readonly TimeSpan LastSeenPrecision = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context, FlaskyDbContext db, CurrentUser current)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || context.User.Identity?.IsAuthenticated != true)
        {
            await next(context);
            return;
        }

        (current.Session, current.Permissions) = await LoadAsync(context, db);
        current.User = current.Session?.User;
        if (current is not { User: { } user, Session: { } session })
        {
            // Asked for here, because most requests need none of what it is made of.
            await context.RequestServices.GetRequiredService<SignInManager<User>>().SignOutAsync();
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
            await next(context);
            return;
        }

        await MoveLastSeenAsync(user, session, db);
        if (!user.EmailConfirmed && endpoint.Metadata.GetMetadata<AllowUnconfirmed>() is null)
        {
            context.Response.Redirect("/auth/unconfirmed");
            return;
        }
        await next(context);
    }

    private async Task<(UserSession?, Permissions)> LoadAsync(HttpContext context, FlaskyDbContext db)
    {
        var claims = identity.Value.ClaimsIdentity;
        if (!int.TryParse(context.User.FindFirstValue(claims.UserIdClaimType), CultureInfo.InvariantCulture, out var userId)
            || !Guid.TryParse(context.User.FindFirstValue(AccountSignIn.SessionClaim), out var sessionId))
        {
            return default;
        }
        var found = await db.FindSessionAsync(sessionId, userId, context.RequestAborted);
        return found.Session?.User?.SecurityStamp == context.User.FindFirstValue(claims.SecurityStampClaimType) ? found : default;
    }

    /// <summary>Of many requests in the same minute the first one writes. It does so also for a reader who has gone away meanwhile.</summary>
    private async Task MoveLastSeenAsync(User user, UserSession session, FlaskyDbContext db)
    {
        var now = time.GetUtcNow();
        var due = now - LastSeenPrecision;
        if (user.LastSeen <= due)
        {
            await db.Users.Where(u => u.Id == user.Id && u.LastSeen <= due)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSeen, now), CancellationToken.None);
            // Identity's updates write every column: not the old time again.
            user.LastSeen = now;
            db.Entry(user).Property(u => u.LastSeen).OriginalValue = now;
        }
        if (session.LastUsedAt <= due)
        {
            await db.UserSessions.Where(s => s.Id == session.Id && s.LastUsedAt <= due)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastUsedAt, now), CancellationToken.None);
        }
    }
}
