using System.Text.Json;
using Microsoft.Playwright;

namespace Flasky.Tests.EndToEnd;

internal static class VirtualAuthenticator
{
    /// <summary>Gives a tab a device that has a screen lock, keeps passkeys, and always says yes.</summary>
    public static async Task AddAuthenticatorAsync(this IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = JsonSerializer.SerializeToElement(new
            {
                protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true,
                automaticPresenceSimulation = true,
            }),
        });
    }
}
