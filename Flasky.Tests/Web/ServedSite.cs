using System.Net;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Flasky.Tests.Web;

/// <summary>A site over a real socket, for real browsers.</summary>
internal static class ServedSite
{
    /// <summary>Starts to serve it.</summary>
    /// <returns>Its address, without a slash at the end.</returns>
    public static string Serve(this WebApplicationFactory<IndexModel> site)
    {
        // UseKestrel(0) would mean port 5000 here.
        site.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        site.StartServer();
        var addresses = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        // Passkeys are for names, not numbers.
        return $"http://localhost:{new Uri(addresses.Addresses.First()).Port}";
    }

    public static async Task LogInAsync(this IPage page, string address, string name)
    {
        await page.GotoAsync($"{address}/auth/login");
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.com");
        await page.GetByLabel("Password").FillAsync(Browser.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText($"Hello, {name}!")).ToBeVisibleAsync();
    }

    public static async Task LogOutAsync(this IPage page)
    {
        await page.GetByTitle("Signed in as").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Hello, Stranger!")).ToBeVisibleAsync();
    }

    /// <summary>What the browser complains about from now on: scripts and styles that the policy refuses, answers that fail, exceptions.</summary>
    public static IReadOnlyCollection<string> CollectErrors(this IPage page)
    {
        var errors = new System.Collections.Concurrent.ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, exception) => errors.Enqueue($"{page.Url}: {exception}");
        return errors;
    }
}
