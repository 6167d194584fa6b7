using Flasky.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>The account itself, where it is signed in, and its passkeys by name.</summary>
internal sealed class AccountData(FlaskyDbContext db) : IPersonalData
{
    public string Name => "account";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, cancellationToken);
        var passkeys = await db.Set<IdentityUserPasskey<int>>().AsNoTracking().Where(p => p.UserId == userId).ToListAsync(cancellationToken);
        return new
        {
            user.UserName,
            user.Email,
            user.EmailConfirmed,
            user.PendingEmail,
            user.Name,
            user.Location,
            user.AboutMe,
            user.MemberSince,
            user.LastSeen,
            user.TwoFactorEnabled,
            Roles = await db.UserRoles.Where(r => r.UserId == userId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, role) => role.Name).ToListAsync(cancellationToken),
            Passkeys = passkeys.Select(p => new { p.Data.Name, p.Data.CreatedAt }),
            Sessions = await db.UserSessions.Where(s => s.UserId == userId).OrderBy(s => s.CreatedAt)
                .Select(s => new { s.Device, s.CreatedAt, s.LastUsedAt }).ToListAsync(cancellationToken),
        };
    }
}
