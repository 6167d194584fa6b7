namespace Flasky.Web.Account;

/// <summary>Says what a browser calls itself in words that people know their devices by.</summary>
internal static class Device
{
    // In this order: most browsers also name those that they want to be taken for.
    private static readonly (string Token, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Token, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "a Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>For example <c>Firefox on Linux</c>.</summary>
    public static string Describe(string userAgent) => (Name(Browsers, userAgent), Name(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A browser on {system}",
        _ => "An unknown device",
    };

    private static string? Name((string Token, string Name)[] known, string userAgent) =>
        Array.Find(known, entry => userAgent.Contains(entry.Token, StringComparison.Ordinal)).Name;
}
