using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Flasky.Tests.EndToEnd;

/// <summary>What every page must look like.</summary>
internal static class Looks
{
    /// <summary>A wide and a narrow screen, light and dark.</summary>
    public static TheoryData<int, ColorScheme> Screens => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 360, ColorScheme.Light }, { 360, ColorScheme.Dark },
    };

    /// <summary>No rule of axe is broken, and nothing is wider than the screen. The picture is for people.</summary>
    public static async Task AreRightAsync(IPage page, string name, string variant)
    {
        if (Environment.GetEnvironmentVariable("FLASKY_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{variant}.png"), FullPage = true });
        // A frame that may run no script, such as the mailbox's, cannot answer axe.
        var axe = await page.RunAxe(new AxeRunOptions { Iframes = false });
        Assert.True(axe.Violations.Length == 0, $"{name}: {string.Join("; ", axe.Violations.Select(rule => $"{rule.Id}: {rule.Help} ({string.Join(", ", rule.Nodes.Select(node => node.Html))})"))}");
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} px wider than the screen.");
    }
}
