using System.Globalization;
using System.Security.Claims;
using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Account;

/// <summary>
/// Loads the signed-in user once a request: ends a session whose account or password is gone, moves last-seen, and keeps
/// users who have not confirmed their address out of everything but what is marked for them.
/// </summary>
internal sealed class SignedInUser(RequestDelegate next, TimeProvider time, IOptions<IdentityOptions> identity)
{
    // A row a minute and user, not one a request.
    private static readonly TimeSpan LastSeenPrecision = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context, FlaskyDbContext db, CurrentUser current, SignInManager<User> signIn)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || context.User.Identity?.IsAuthenticated != true)
        {
            await next(context);
            return;
        }

        current.User = await LoadAsync(context, db);
        if (current.User is not { } user)
        {
            await signIn.SignOutAsync();
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
            await next(context);
            return;
        }

        await MoveLastSeenAsync(user, db, context.RequestAborted);
        if (!user.EmailConfirmed && endpoint.Metadata.GetMetadata<AllowUnconfirmed>() is null)
        {
            context.Response.Redirect("/auth/unconfirmed");
            return;
        }
        await next(context);
    }

    private async Task<User?> LoadAsync(HttpContext context, FlaskyDbContext db)
    {
        var claims = identity.Value.ClaimsIdentity;
        if (!int.TryParse(context.User.FindFirstValue(claims.UserIdClaimType), CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, context.RequestAborted);
        return user?.SecurityStamp == context.User.FindFirstValue(claims.SecurityStampClaimType) ? user : null;
    }

    private async Task MoveLastSeenAsync(User user, FlaskyDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - user.LastSeen >= LastSeenPrecision)
        {
            await db.Users.Where(u => u.Id == user.Id && u.LastSeen < now)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSeen, now), cancellationToken);
        }
    }
}
