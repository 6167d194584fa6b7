using Flasky.Data;

namespace Flasky.Web.Admin;

/// <summary>What an administrator sees of an account.</summary>
public sealed record AccountView(int Id, string UserName, string Email, bool IsConfirmed, DateTimeOffset MemberSince, string? Role);

internal static class AccountQueries
{
    /// <summary>The accounts, newest first.</summary>
    /// <param name="part">Of the user name or the address, without case. Null: all accounts.</param>
    public static IQueryable<AccountView> Accounts(this FlaskyDbContext db, string? part)
    {
        var users = db.Users.AsQueryable();
        if (part?.ToUpperInvariant() is { } normalized)
        {
            users = users.Where(user => user.NormalizedUserName!.Contains(normalized) || user.NormalizedEmail!.Contains(normalized));
        }
        return users.OrderByDescending(user => user.MemberSince).ThenByDescending(user => user.Id).Select(user => new AccountView(
            user.Id, user.UserName!, user.Email!, user.EmailConfirmed, user.MemberSince,
            db.UserRoles.Where(member => member.UserId == user.Id).Join(db.Roles, member => member.RoleId, role => role.Id, (member, role) => role.Name).FirstOrDefault()));
    }
}
