using System.Net;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class ConfirmationTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task UnconfirmedUserSeesOnlyTheUnconfirmedPage()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("ada");
        var page = await browser.LogInAsync("ada");
        Assert.Equal("/auth/unconfirmed", browser.Path);
        Assert.Contains("You have not confirmed your account yet", page, StringComparison.Ordinal);
        await browser.OpenAsync("/");
        Assert.Equal("/auth/unconfirmed", browser.Path);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Http.GetAsync(new Uri("/nothing", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task LinkConfirmsItsSignedInUserOnce()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("bea");
        await browser.LogInAsync("bea");
        var link = "/auth/confirm/" + await site.TokenAsync("bea@example.com");
        var page = await browser.OpenAsync(link);
        Assert.Equal("/", browser.Path);
        Assert.Contains("You have confirmed your account", page, StringComparison.Ordinal);
        Assert.Contains("Hello, bea!", page, StringComparison.Ordinal);
        Assert.Contains("confirmed already", await browser.OpenAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkOpenedOnAnotherDeviceAsksForThePasswordThenConfirms()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("cleo");
        var link = "/auth/confirm/" + await site.TokenAsync("cleo@example.com");

        using var phone = site.Browse();
        var login = await phone.OpenAsync(link);
        Assert.StartsWith("/auth/login?next=", phone.Path, StringComparison.Ordinal);
        Assert.Contains("Log in to confirm", login, StringComparison.Ordinal);
        Assert.False((await site.FindAsync("cleo@example.com"))!.EmailConfirmed);
        Assert.Contains("You have confirmed your account", await phone.LogInAsync("cleo", link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkOfAnotherUserConfirmsNobody()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("dora");
        await browser.RegisterAsync("eve");
        await browser.LogInAsync("eve");
        var page = await browser.OpenAsync("/auth/confirm/" + await site.TokenAsync("dora@example.com"));
        Assert.Equal("/auth/unconfirmed", browser.Path);
        Assert.Contains("not yours, or it has expired", page, StringComparison.Ordinal);
        Assert.False((await site.FindAsync("dora@example.com"))!.EmailConfirmed);
        Assert.False((await site.FindAsync("eve@example.com"))!.EmailConfirmed);
    }

    [Fact]
    public async Task ResendingEnqueuesAnotherMail()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("finn");
        await browser.LogInAsync("finn");
        var id = (await site.FindAsync("finn@example.com"))!.Id;
        Assert.Contains("on its way to finn@example.com", await browser.SubmitAsync("/auth/unconfirmed"), StringComparison.Ordinal);
        await site.WaitForMailsAsync(id, 2);
    }

    [Fact]
    public async Task AddressOfTheAdministratorCountsOnlyOnceConfirmed()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("root", Site.AdminEmail.ToLowerInvariant());
        var user = (await site.FindAsync(Site.AdminEmail.ToLowerInvariant()))!;
        Assert.Equal([Role.User], await RolesAsync(user));
        await browser.SubmitAsync("/auth/login", ("Input.Email", Site.AdminEmail), ("Input.Password", Browser.Password));
        await browser.OpenAsync("/auth/confirm/" + await site.TokenAsync(user.Email!));
        Assert.Equal([Role.Administrator], await RolesAsync(user));
    }

    private async Task<IList<string>> RolesAsync(User user)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<User>>().GetRolesAsync(user);
    }
}
