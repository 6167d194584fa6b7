using System.Net;
using System.Net.Sockets;

namespace Flasky.Web.Security;

/// <summary>Whom limits count as one client: an IPv4 address, or the /64 network that one household or machine has of IPv6.</summary>
internal static class ClientNetwork
{
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "unknown";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
