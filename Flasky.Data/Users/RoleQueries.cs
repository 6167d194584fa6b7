using Flasky.Data.Statements;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Users;

/// <summary>What a user may do, and how that changes. A user has one role.</summary>
public static class RoleQueries
{
    /// <summary>Loads a session and its user, tracked, together with what the user's role allows, in one statement.</summary>
    /// <returns>The session with its <see cref="UserSession.User"/>. Null: the user has none of this id.</returns>
    public static async Task<(UserSession? Session, Permissions Permissions)> FindSessionAsync(
        this FlaskyDbContext db, Guid id, int userId, CancellationToken cancellationToken)
    {
        var found = await db.UserSessions.Where(session => session.Id == id && session.UserId == userId)
            .Select(session => new
            {
                Session = session,
                session.User,
                Permissions = db.UserRoles.Where(member => member.UserId == session.UserId)
                    .Join(db.Roles, member => member.RoleId, role => role.Id, (member, role) => (Permissions?)role.Permissions)
                    .FirstOrDefault(),
            })
            .Prepared()
            .SingleOrDefaultAsync(cancellationToken);
        return (found?.Session, found?.Permissions ?? Permissions.None);
    }

    /// <summary>The name of a user's role.</summary>
    public static IQueryable<string?> RoleOf(this FlaskyDbContext db, int userId) =>
        db.UserRoles.Where(member => member.UserId == userId).Join(db.Roles, member => member.RoleId, role => role.Id, (member, role) => role.Name);

    /// <summary>Gives a user a role in place of the present one; doing it again changes nothing. It counts from the user's next request on.</summary>
    /// <exception cref="InvalidOperationException">There is no such role.</exception>
    public static async Task SetRoleAsync(this FlaskyDbContext db, int userId, string role, CancellationToken cancellationToken)
    {
        var roleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(cancellationToken);
        await db.UserRoles.Where(r => r.UserId == userId && r.RoleId != roleId).ExecuteDeleteAsync(cancellationToken);
        if (!await db.UserRoles.AnyAsync(r => r.UserId == userId, cancellationToken))
        {
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = userId, RoleId = roleId });
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
