using Microsoft.Playwright;

namespace Flasky.Tests.EndToEnd;

/// <summary>A headless browser: the distribution's Chromium, or the one that Playwright installed.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Where distributions put it. Null elsewhere: Playwright's own.</summary>
    private static readonly string? Executable =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium" }.FirstOrDefault(File.Exists);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var started = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            // No sandbox inside the sandbox of a build machine, which runs as root; no calls home.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new Chromium(driver, started);
    }

    public Task<IBrowserContext> NewContextAsync(int width = 1280, ColorScheme colours = ColorScheme.Light) =>
        browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 740 : 800 },
            ColorScheme = colours,
        });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
