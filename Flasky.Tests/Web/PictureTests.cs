using Flasky.Tests.EndToEnd;
using Flasky.Tests.Packages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flasky.Tests.Web;

/// <summary>The pictures in docs/images, which <c>./screenshots</c> replaces: it says in FLASKY_PICTURES where they go.</summary>
public sealed class PictureTests(PicturedSite site) : IClassFixture<PicturedSite>
{
    private const int MaxBytes = 150_000;

    private static readonly string Images = Path.Combine(Repository.Root, "docs", "images");

    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task TellingPagesAreInTheDocumentation(int width, ColorScheme colours)
    {
        await using var served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        await using var chromium = await Chromium.StartAsync();
        await using var context = await chromium.NewContextAsync(width, colours);
        var page = await context.NewPageAsync();
        await page.LogInAsync(address, PicturedSite.Reader);

        await page.GetByLabel("What's on your mind?").FillAsync("A preview *while one writes*, **without** a word of HTML.");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" })).ToContainTextAsync("while one writes");
        await TakeAsync("home");
        await page.GotoAsync($"{address}/post/{site.Post.Id}");
        await TakeAsync("post");
        await page.GotoAsync($"{address}/user/{PicturedSite.Reader}");
        await TakeAsync("profile");
        await page.GotoAsync($"{address}/auth/account");
        await TakeAsync("account");

        async Task TakeAsync(string name)
        {
            await Looks.AreRightAsync(page, name, $"{width}-{colours}");
            // Nothing is under the mouse, and no cursor blinks.
            await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
            var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
            Assert.InRange(picture.Length, 5_000, MaxBytes);
            var file = $"{name}-{width}-{colours.ToString().ToLowerInvariant()}.png";
            if (Environment.GetEnvironmentVariable("FLASKY_PICTURES") is { Length: > 0 } folder)
                await File.WriteAllBytesAsync(Path.Combine(folder, file), picture, TestContext.Current.CancellationToken);
            Assert.True(File.Exists(Path.Combine(Images, file)), $"docs/images/{file} is missing: run ./screenshots.");
        }
    }

    [Fact]
    public void PicturesAreSmallAndShownSomewhere()
    {
        var text = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")).Select(File.ReadAllText));
        Assert.All(new DirectoryInfo(Images).EnumerateFiles(), file =>
        {
            Assert.InRange(file.Length, 1, MaxBytes);
            Assert.Contains(file.Name, text, StringComparison.Ordinal);
        });
    }
}
