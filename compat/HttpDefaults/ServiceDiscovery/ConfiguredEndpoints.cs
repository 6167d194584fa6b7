using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Resolves names by <c>services:{name}:{scheme or endpoint}:{n}</c>, taking a service's endpoints in turn. The configuration
/// is read at every call, so a change of it takes effect. Safe for concurrent use.
/// </summary>
internal sealed class ConfiguredEndpoints(IConfiguration configuration)
{
    private uint turn;

    internal Uri Resolve(Uri named)
    {
        var schemes = named.Scheme.Split('+');
        var (service, endpointName) = SplitHost(named.Host);
        var section = configuration.GetSection("services").GetSection(service);
        foreach (var name in endpointName is null ? schemes : [endpointName])
        {
            if (Addresses(section.GetSection(name)) is { Count: > 0 } addresses)
            {
                var next = (int)(Interlocked.Increment(ref turn) % (uint)addresses.Count);
                return Rebase(named, addresses[next], schemes[0]);
            }
        }
        return schemes.Length == 1 ? named : new UriBuilder(named) { Scheme = schemes[0], Port = named.Port }.Uri;
    }

    /// <summary><c>_admin.web</c> is the endpoint <c>admin</c> of the service <c>web</c>.</summary>
    private static (string Service, string? Endpoint) SplitHost(string host) =>
        host.StartsWith('_') && host.IndexOf('.', StringComparison.Ordinal) is > 1 and var dot ? (host[(dot + 1)..], host[1..dot]) : (host, null);

    private static List<string> Addresses(IConfigurationSection section) =>
        section.Value is { Length: > 0 } single
            ? [single]
            : [.. section.GetChildren().Select(static child => child.Value).OfType<string>().Where(static value => value.Length > 0)];

    private static Uri Rebase(Uri named, string address, string scheme)
    {
        // An address is a URL, or just host:port.
        var target = address.Contains("://", StringComparison.Ordinal) ? new Uri(address) : new Uri($"{scheme}://{address}");
        return new UriBuilder(target) { Path = named.AbsolutePath, Query = named.Query, Fragment = named.Fragment }.Uri;
    }
}
