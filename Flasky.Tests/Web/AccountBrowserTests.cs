using Flasky.Tests.EndToEnd;
using Microsoft.Playwright;

namespace Flasky.Tests.Web;

/// <summary>What needs a real browser: passkeys, and how the pages of accounts look.</summary>
public sealed class AccountBrowserTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task PasskeyIsAddedLogsInShowsWhoOneIsAndIsRemoved()
    {
        var name = await site.NewUserAsync();
        await using var served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.AddAuthenticatorAsync();
        await page.LogInAsync(address, name);

        await page.GotoAsync($"{address}/auth/passkeys");
        await page.GetByLabel("Password").FillAsync(Browser.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Ada's phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You can log in with Ada's phone")).ToBeVisibleAsync();

        await page.LogOutAsync();
        await page.GotoAsync($"{address}/auth/login?next=%2Fauth%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");

        await page.GotoAsync($"{address}/auth/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ada's phone" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is removed")).ToBeVisibleAsync();

        await page.LogOutAsync();
        await page.GotoAsync($"{address}/auth/login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This passkey could not be used")).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task PagesAreAccessibleAndFitTheScreen(int width, ColorScheme colours)
    {
        var name = await site.NewUserAsync();
        await using var served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.NewContextAsync(width, colours);
        var page = await context.NewPageAsync();
        var errors = page.CollectErrors();
        await page.AddAuthenticatorAsync();
        await LooksRightAsync("/auth/login");
        await LooksRightAsync("/auth/reset");
        await page.LogInAsync(address, name);
        await LooksRightAsync("/auth/again");
        await page.GetByLabel("Password").FillAsync(Browser.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        foreach (var path in new[] { "/auth/account", "/auth/change-password", "/auth/change-email", "/auth/passkeys", "/auth/sessions", "/auth/tokens", "/auth/notifications", "/auth/data", "/auth/two-step" })
            await LooksRightAsync(path);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await LooksRightAsync("/auth/two-step", "two-step-setup");
        await page.GotoAsync($"{address}/auth/tokens");
        await page.GetByLabel("Name").FillAsync("My script");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It is shown only now")).ToBeVisibleAsync();
        await Looks.AreRightAsync(page, "tokens-made", $"{width}-{colours}");
        Assert.Empty(errors);

        async Task LooksRightAsync(string path, string? picture = null)
        {
            await page.GotoAsync($"{address}{path}");
            await Looks.AreRightAsync(page, picture ?? path.Split('/')[^1], $"{width}-{colours}");
        }
    }
}
