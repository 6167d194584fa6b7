using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Flasky.Web.Admin;

/// <summary>Reads and writes whole accounts.</summary>
public sealed class AccountEditing(FlaskyDbContext db, UserManager<User> users)
{
    /// <summary>The account. Null: there is none of this id.</summary>
    public async Task<EditUserForm?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } user)
        {
            return null;
        }
        var role = await db.RoleOf(id).SingleOrDefaultAsync(cancellationToken);
        var form = new EditUserForm { Email = user.Email!, UserName = user.UserName!, IsConfirmed = user.EmailConfirmed, Role = role ?? Role.User };
        form.ReadFrom(user);
        return form;
    }

    /// <summary>Writes the account and its role in one transaction. Another address ends the account's sessions and tokens.</summary>
    /// <returns>What is wrong with the form. Null: there is no such account.</returns>
    public async Task<IdentityResult?> SaveAsync(int id, EditUserForm form, CancellationToken cancellationToken)
    {
        try
        {
            return await db.InTransactionAsync(cancel => ChangeAsync(id, form, cancel), cancellationToken);
        }
        // Somebody took the name or the address after this had looked.
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken)
        {
            return IdentityResult.Failed(taken.ConstraintName == FlaskyDbContext.EmailIndex
                ? users.ErrorDescriber.DuplicateEmail(form.Email)
                : users.ErrorDescriber.DuplicateUserName(form.UserName));
        }
    }

    private async Task<IdentityResult?> ChangeAsync(int id, EditUserForm form, CancellationToken cancellationToken)
    {
        if (!await db.Roles.AnyAsync(role => role.Name == form.Role, cancellationToken))
        {
            return IdentityResult.Failed(users.ErrorDescriber.InvalidRoleName(form.Role));
        }
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } user)
        {
            return null;
        }
        var moved = !string.Equals(user.Email, form.Email, StringComparison.OrdinalIgnoreCase);
        (user.Email, user.UserName, user.EmailConfirmed) = (form.Email, form.UserName, form.IsConfirmed);
        form.WriteTo(user);
        var result = moved ? await users.UpdateSecurityStampAsync(user) : await users.UpdateAsync(user);
        if (result.Succeeded)
        {
            if (moved)
            {
                await db.UserSessions.Where(session => session.UserId == id).ExecuteDeleteAsync(cancellationToken);
            }
            await db.SetRoleAsync(id, form.Role, cancellationToken);
        }
        return result;
    }
}
