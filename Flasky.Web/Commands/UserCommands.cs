using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Admin;
using Flasky.Web.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Commands;

/// <summary><c>users list</c>, <c>users create</c> and <c>users promote</c>.</summary>
internal static class UserCommands
{
    public static Command List(string? part) => async context =>
    {
        await foreach (var account in context.Get<FlaskyDbContext>().Accounts(part).AsAsyncEnumerable())
        {
            await context.Output.WriteLineAsync(
                $"{account.Id}\t{account.UserName}\t{account.Email}\t{account.Role ?? "-"}\t{(account.IsConfirmed ? "confirmed" : "unconfirmed")}");
        }
        return 0;
    };

    public static Command Create(string name, string email, string role) => async context =>
    {
        if (await RoleAsync(context, role) is not { } roleName)
        {
            return await RefuseRoleAsync(context, role);
        }
        if (await context.Input.ReadLineAsync() is not { Length: > 0 } password)
        {
            return await context.RefuseAsync("Write the password into standard input, as its first line.");
        }
        var users = context.Get<UserManager<User>>();
        var now = context.Get<TimeProvider>().GetUtcNow();
        return await context.Get<FlaskyDbContext>().InTransactionAsync(async cancel =>
        {
            var user = new User { UserName = name, Email = email, EmailConfirmed = true, MemberSince = now, LastSeen = now };
            var result = await users.CreateAsync(user, password);
            if (!result.Succeeded)
            {
                return await context.RefuseAsync(string.Join(" ", result.Errors.Select(error => error.Description)));
            }
            await context.Get<FlaskyDbContext>().SetRoleAsync(user.Id, roleName, cancel);
            await context.Output.WriteLineAsync($"{name} is {roleName}, with the id {user.Id}.");
            return 0;
        });
    };

    public static Command Promote(string name, string role) => async context =>
    {
        var db = context.Get<FlaskyDbContext>();
        if (await RoleAsync(context, role) is not { } roleName)
        {
            return await RefuseRoleAsync(context, role);
        }
        if (await db.UserNamed(name).Select(user => (int?)user.Id).SingleOrDefaultAsync() is not { } id)
        {
            return await context.RefuseAsync($"Nobody is named '{name}'. 'users list' shows the names.");
        }
        await db.InTransactionAsync(async cancel =>
        {
            await db.SetRoleAsync(id, roleName, cancel);
            return true;
        });
        await context.Output.WriteLineAsync($"{name} is {roleName}.");
        return 0;
    };

    private static Task<string?> RoleAsync(CommandContext context, string role)
    {
        var normalized = role.ToUpperInvariant();
        return context.Get<FlaskyDbContext>().Roles.Where(r => r.NormalizedName == normalized).Select(r => r.Name).SingleOrDefaultAsync();
    }

    private static async Task<int> RefuseRoleAsync(CommandContext context, string role)
    {
        var roles = await context.Get<FlaskyDbContext>().Roles.OrderBy(r => r.Permissions).Select(r => r.Name).ToListAsync();
        return await context.RefuseAsync(roles.Count == 0 ? "There are no roles yet. Run 'migrate' first." : $"'{role}' is no role. The roles are {string.Join(", ", roles)}.");
    }
}
