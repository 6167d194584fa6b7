using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Security;

/// <summary>
/// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> only from the proxies in <c>Flasky:TrustedProxies</c>, a list of
/// addresses and networks such as <c>10.0.0.0/8</c>. Without any, nobody is believed.
/// </summary>
internal sealed class TrustedProxies
{
    private const string Path = "Flasky:TrustedProxies";

    public string[] Addresses { get; private set; } = [];

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddOptions<TrustedProxies>()
        .Configure(proxies => proxies.Addresses = builder.Configuration.GetSection(Path).Get<string[]>() ?? [])
        .Validate(proxies => Array.TrueForAll(proxies.Addresses, address => Parse(address) is not null),
            $"{Path} must list addresses or networks, such as '10.0.0.4' or '10.0.0.0/8'.")
        .ValidateOnStart();

    public static void Use(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IOptions<TrustedProxies>>().Value.Addresses;
        if (addresses.Length == 0)
        {
            return;
        }
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as there are trusted ones in a row; the first address that is not trusted is the client's.
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var address in addresses)
        {
            options.KnownIPNetworks.Add(Parse(address)!.Value);
        }
        app.UseForwardedHeaders(options);
    }

    private static System.Net.IPNetwork? Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
