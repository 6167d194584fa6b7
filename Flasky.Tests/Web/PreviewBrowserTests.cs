using Flasky.Tests.EndToEnd;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flasky.Tests.Web;

/// <summary>The preview while one types. The page's clock stands still but for what a test lets it run.</summary>
public sealed class PreviewBrowserTests(Site site) : IClassFixture<Site>, IAsyncLifetime
{
    /// <summary>How long the script waits for the next letter, in milliseconds.</summary>
    private const int Pause = 300;

    private const string Path = "**/preview";

    private Chromium chromium = null!;
    private IPage page = null!;
    private WebApplicationFactory<IndexModel> served = null!;

    private ILocator Editor => page.GetByRole(AriaRole.Textbox, new() { Name = "What's on your mind?" });

    private ILocator Preview => page.GetByRole(AriaRole.Region, new() { Name = "Preview" });

    [Fact]
    public async Task PreviewFollowsWhatIsTypedAndIsWhatIsPublished()
    {
        var errors = page.CollectErrors();
        // It is for those without scripts.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Preview" })).ToBeHiddenAsync();
        await TypeAsync("Some **bold** words");
        await Expect(Preview.Locator("strong")).ToHaveTextAsync("bold");
        await TypeAsync("");
        await Expect(Preview).ToBeHiddenAsync();
        await TypeAsync("Some **bold** words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.Locator(".post strong")).ToHaveTextAsync("bold");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task OnlyAPauseInTypingAsksTheServer()
    {
        var asked = new List<string?>();
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/preview", StringComparison.Ordinal))
                asked.Add(request.PostData);
        };
        await Editor.PressSequentiallyAsync("one ");
        await page.Clock.RunForAsync(Pause - 1);
        await Editor.PressSequentiallyAsync("two ");
        await page.Clock.RunForAsync(Pause - 1);
        await Editor.PressSequentiallyAsync("three");
        await page.Clock.RunForAsync(Pause);
        await Expect(Preview).ToContainTextAsync("one two three");
        Assert.Contains("one two three", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderAnswerThatComesLateIsNotShown()
    {
        var first = new TaskCompletionSource<IRoute>();
        await page.RouteAsync(Path, route => first.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());
        await TypeAsync("the first words");
        var late = await first.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await TypeAsync("the second words");
        await Expect(Preview).ToContainTextAsync("the second words");

        await page.RunAndWaitForRequestFinishedAsync(() => late.ContinueAsync());
        // What the script does with the answer is done when it has read another one.
        await page.EvaluateAsync("() => fetch('/favicon.svg').then(answer => answer.text())");
        await Expect(Preview).ToContainTextAsync("the second words");
        await Expect(Preview).Not.ToContainTextAsync("the first words");
    }

    [Fact]
    public async Task PreviewThatCannotBeMadeSaysSoUntilItCanAgain()
    {
        await TypeAsync("some words");
        await Expect(Preview).ToContainTextAsync("some words");
        await page.RouteAsync(Path, route => route.AbortAsync());
        await TypeAsync("other words");
        await Expect(Preview.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be made");
        await page.UnrouteAsync(Path);
        await TypeAsync("other words again");
        await Expect(Preview).ToContainTextAsync("other words again");
        await Expect(Preview.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();

        await page.Context.ClearCookiesAsync();
        await TypeAsync("words of nobody");
        await Expect(Preview.GetByRole(AriaRole.Alert)).ToContainTextAsync("logged out");
        await Expect(Editor).ToHaveValueAsync("words of nobody");
        // axe waits for the clock, too.
        await page.Clock.ResumeAsync();
        await Looks.AreRightAsync(page, "preview-failed", "360-Light");
    }

    public async ValueTask InitializeAsync()
    {
        using var member = await site.JoinAsync();
        served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        chromium = await Chromium.StartAsync();
        page = await (await chromium.NewContextAsync(width: 360)).NewPageAsync();
        await page.Clock.InstallAsync();
        await page.LogInAsync(address, member.Name);
        await page.Clock.PauseAtAsync(await page.EvaluateAsync<string>("() => new Date(Date.now() + 1000).toISOString()"));
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await served.DisposeAsync();
    }

    /// <summary>Replaces the text and waits as long as the script does.</summary>
    private async Task TypeAsync(string text)
    {
        await Editor.FillAsync(text);
        await page.Clock.RunForAsync(Pause);
    }
}
