using System.Net;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

public sealed class AdminTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task AnAdministratorChangesAllOfAnAccountAndTheRoleCountsAtOnce()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        using var ada = await site.JoinAsync();
        var name = $"n{ada.Name}"[..16];
        var form = await admin.Browser.OpenAsync($"/edit-profile/{ada.Id}");
        Assert.Contains($"value=\"{ada.Name}@example.com\"", form, StringComparison.Ordinal);
        var page = await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"{ada.Name}@example.com", name, Role.Moderator));
        Assert.Equal($"/user/{name}", admin.Browser.Path);
        Assert.Contains("Countess", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ada.Browser.StatusAsync("/moderate"));
        await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"{ada.Name}@example.com", name, Role.User));
        Assert.Equal(HttpStatusCode.Forbidden, await ada.Browser.StatusAsync("/moderate"));
    }

    [Fact]
    public async Task AnotherAddressEndsTheAccountsSessions()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        using var ada = await site.JoinAsync();
        await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"other{ada.Name}@example.com", ada.Name, Role.User));
        Assert.Contains("Stranger", await ada.Browser.OpenAsync("/"), StringComparison.Ordinal);
        Assert.NotNull(await site.FindAsync($"other{ada.Name}@example.com"));
    }

    [Fact]
    public async Task TakenNamesAndAddressesAndUnknownRolesAreRefused()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        Assert.Contains("already taken", await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"{ada.Name}@example.com", bob.Name.ToUpperInvariant(), Role.User)), StringComparison.Ordinal);
        Assert.Contains("already taken", await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"{bob.Name}@EXAMPLE.com", ada.Name, Role.User)), StringComparison.Ordinal);
        Assert.Contains("invalid", await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form($"{ada.Name}@example.com", ada.Name, "Emperor")), StringComparison.Ordinal);
        Assert.Contains("not a valid e-mail address", await admin.Browser.SubmitAsync($"/edit-profile/{ada.Id}", Form("x", ada.Name, Role.User)), StringComparison.Ordinal);
        Assert.Equal(ada.Name, (await site.FindAsync($"{ada.Name}@example.com"))!.UserName);
    }

    [Fact]
    public async Task AnAdministratorStaysOne()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        var page = await admin.Browser.SubmitAsync($"/edit-profile/{admin.Id}", Form($"{admin.Name}@example.com", admin.Name, Role.User));
        Assert.Contains("You cannot take the administrator's role from yourself.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await admin.Browser.StatusAsync("/admin/users"));
        Assert.Equal(HttpStatusCode.NotFound, await admin.Browser.StatusAsync("/edit-profile/99999999"));
    }

    [Fact]
    public async Task TheListOfUsersIsSearchedByNameAndAddressWithoutCase()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        foreach (var part in new[] { ada.Name[2..].ToUpperInvariant(), $"{ada.Name}@example" })
        {
            var page = await admin.Browser.OpenAsync($"/admin/users?q={Uri.EscapeDataString(part)}");
            Assert.Contains($"href=\"/edit-profile/{ada.Id}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"href=\"/edit-profile/{bob.Id}\"", page, StringComparison.Ordinal);
        }
        // Not a pattern.
        Assert.Contains("Nobody here", await admin.Browser.OpenAsync("/admin/users?q=%25_%25"), StringComparison.Ordinal);
        Assert.Contains(Role.Administrator, await admin.Browser.OpenAsync($"/admin/users?q={admin.Name}"), StringComparison.Ordinal);
    }

    private static (string, string)[] Form(string email, string name, string role) =>
        [("Input.Email", email), ("Input.UserName", name), ("Input.IsConfirmed", "true"), ("Input.Role", role), ("Input.Name", "Countess")];
}
