using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Users;

/// <summary>The roles that the application itself relies on.</summary>
internal static class RoleSeed
{
    private const Permissions UserPermissions = Permissions.Follow | Permissions.Comment | Permissions.Write;
    private const Permissions ModeratorPermissions = UserPermissions | Permissions.Moderate;
    private const Permissions AdministratorPermissions = ModeratorPermissions | Permissions.Administer;

    /// <summary>Adds the roles that are missing and sets right those whose permissions were changed; touches no other role.</summary>
    public static async Task ApplyAsync(FlaskyDbContext db, CancellationToken cancellationToken)
    {
        var roles = await db.Roles.ToDictionaryAsync(role => role.NormalizedName!, cancellationToken);
        Set(Role.User, UserPermissions, isDefault: true);
        Set(Role.Moderator, ModeratorPermissions, isDefault: false);
        Set(Role.Administrator, AdministratorPermissions, isDefault: false);
        await db.SaveChangesAsync(cancellationToken);

        void Set(string name, Permissions permissions, bool isDefault)
        {
            var normalized = name.ToUpperInvariant();
            if (!roles.TryGetValue(normalized, out var role))
            {
                role = db.Roles.Add(new Role { Name = name, NormalizedName = normalized }).Entity;
            }
            role.Permissions = permissions;
            role.IsDefault = isDefault;
        }
    }
}
