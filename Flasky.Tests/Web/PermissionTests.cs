using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class PermissionTests(Site site) : IClassFixture<Site>
{
    private static readonly Permissions[] Each = [Permissions.Follow, Permissions.Comment, Permissions.Write, Permissions.Moderate, Permissions.Administer];

    [Theory]
    [InlineData(Role.User, Permissions.Follow | Permissions.Comment | Permissions.Write)]
    [InlineData(Role.Moderator, Permissions.Follow | Permissions.Comment | Permissions.Write | Permissions.Moderate)]
    [InlineData(Role.Administrator, Permissions.Follow | Permissions.Comment | Permissions.Write | Permissions.Moderate | Permissions.Administer)]
    public async Task RoleAllowsItsOwnBitsAndNoOther(string role, Permissions expected)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        var db = scope.ServiceProvider.GetRequiredService<FlaskyDbContext>();
        var id = await NewUserAsync($"{role}{Guid.NewGuid():N}"[..20]);
        await db.SetRoleAsync(id, role, TestContext.Current.CancellationToken);
        var session = db.UserSessions.Add(new UserSession { Id = Guid.NewGuid(), UserId = id, Device = "test" }).Entity;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        (current.Session, current.Permissions) = await db.FindSessionAsync(session.Id, id, TestContext.Current.CancellationToken);
        current.User = current.Session!.User;
        Assert.Equal(expected, current.Permissions);
        foreach (var permission in Each)
        {
            Assert.Equal(expected.HasFlag(permission), current.Can(permission));
            Assert.Equal(expected.HasFlag(permission), await IsLetInAsync(scope.ServiceProvider, permission));
        }
    }

    [Fact]
    public async Task StrangersMayNothing()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        foreach (var permission in Each.Append(Permissions.None))
        {
            Assert.False(current.Can(permission));
            Assert.False(await IsLetInAsync(scope.ServiceProvider, permission));
        }
    }

    [Fact]
    public async Task RoleChangesAtTheNextRequestAndUsersKeepOne()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FlaskyDbContext>();
        var id = await NewUserAsync($"u{Guid.NewGuid():N}"[..20]);
        foreach (var role in new[] { Role.Moderator, Role.Moderator, Role.User })
        {
            await db.SetRoleAsync(id, role, TestContext.Current.CancellationToken);
        }
        Assert.Equal(Role.User, await site.Database.ScalarAsync<string>(
            $"""SELECT string_agg(r."Name", ',') FROM "UserRoles" u JOIN "Roles" r ON r."Id" = u."RoleId" WHERE u."UserId" = {id}"""));
    }

    private static async Task<bool> IsLetInAsync(IServiceProvider services, Permissions permission) =>
        (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(new(), null, [new RequirePermissionAttribute(permission)])).Succeeded;

    private async Task<int> NewUserAsync(string name)
    {
        using var browser = site.Browse();
        await browser.RegisterAsync(name);
        return (await site.FindAsync($"{name}@example.com"))!.Id;
    }
}
