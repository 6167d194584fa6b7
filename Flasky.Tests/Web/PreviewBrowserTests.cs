using Flasky.Tests.EndToEnd;
using Microsoft.Playwright;

namespace Flasky.Tests.Web;

public sealed class PreviewBrowserTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task PreviewFollowsWhatIsTypedAndIsWhatIsPublished()
    {
        using var member = await site.JoinAsync();
        await using var served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var errors = page.CollectErrors();
        await page.LogInAsync(address, member.Name);

        // It is for those without scripts.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Preview" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "What's on your mind?" }).FillAsync("Some **bold** words");
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Preview" });
        await Assertions.Expect(preview.Locator("strong")).ToHaveTextAsync("bold");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Assertions.Expect(page.Locator(".post strong")).ToHaveTextAsync("bold");
        Assert.Empty(errors);
    }
}
