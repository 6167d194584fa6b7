using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place where a resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    /// <summary>Declares an endpoint.</summary>
    /// <param name="protocol">TCP.</param>
    /// <param name="uriScheme">The scheme of its URL; null is the protocol's name.</param>
    /// <param name="transport">The transport; null follows from the scheme.</param>
    /// <param name="name">The endpoint's name; null is the scheme.</param>
    /// <param name="port">The port others connect to; null is a free one.</param>
    /// <param name="targetPort">The port inside a container; without containers it is <paramref name="port" />.</param>
    /// <param name="isExternal">Whether a deployment exposes it to the internet.</param>
    /// <param name="isProxied">Whether the port may be chosen by the engine, as in tests.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? "tcp";
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>The endpoint's name, unique in its resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port others connect to; null is a free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port inside a container, or null.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of the endpoint's URL.</summary>
    public string UriScheme { get; set; }

    /// <summary>The transport, such as http or tcp.</summary>
    public string Transport { get; set; }

    /// <summary>The host to listen on; <c>localhost</c> unless told.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether a deployment exposes it to the internet.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether the port may be chosen by the engine, as in tests.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether the endpoint speaks TLS.</summary>
    public bool TlsEnabled { get; set; }

    /// <summary>Where the endpoint is, or null before the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }
}

/// <summary>Where an endpoint is.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>The host to connect to.</summary>
    public string Address { get; } = address;

    /// <summary>The port to connect to.</summary>
    public int Port { get; } = port;

    /// <summary>The scheme of the URL.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>The URL, without a trailing slash.</summary>
    public string UriString => $"{UriScheme}://{Address}:{Port}";
}
