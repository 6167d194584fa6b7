using Microsoft.Playwright;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed class BrowserTests(FlaskySystem system)
{
    private string picture = "";

    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task AStrangerRegistersOpensTheMailAndIsGreetedAsConfirmed(int width, ColorScheme colours)
    {
        picture = $"{width}-{colours}";
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.NewContextAsync(width, colours);
        var page = await context.NewPageAsync();
        var name = Visitor.NewName();

        await page.GotoAsync(system.WebAddress.ToString());
        await LooksRightAsync(page, "home-stranger");
        await page.GotoAsync(new Uri(system.WebAddress, "/auth/register").ToString());
        await LooksRightAsync(page, "register");
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.com");
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Visitor.Password);
        await page.GetByLabel("Password, again").FillAsync(Visitor.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await LooksRightAsync(page, "registered");

        await page.GetByLabel("E-mail").FillAsync($"{name}@example.com");
        await page.GetByLabel("Password").FillAsync(Visitor.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(system.WebAddress, "/auth/unconfirmed").ToString());
        await LooksRightAsync(page, "unconfirmed");

        var site = await context.ConfirmByMailAsync(system, $"{name}@example.com", LooksRightAsync);
        await Assertions.Expect(site.GetByText("You have confirmed your account")).ToBeVisibleAsync();
        await Assertions.Expect(site.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        await LooksRightAsync(site, "home-confirmed");

        await site.GotoAsync(new Uri(system.WebAddress, "/no/such/page").ToString());
        await LooksRightAsync(site, "not-found");
    }

    private Task LooksRightAsync(IPage page, string name) => Looks.AreRightAsync(page, name, picture);
}
