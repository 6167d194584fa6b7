using System.Net;
using Flasky.AppHost;

namespace Flasky.Tests.EndToEnd;

public sealed class ContainerAppsIngressTests
{
    [Theory]
    // Seen at the ingress: https://github.com/microsoft/azure-container-apps/issues/1416
    [InlineData("100.100.0.52", true)]
    [InlineData("100.100.223.255", true)]
    [InlineData("100.100.224.0", false)]
    [InlineData("100.99.255.255", false)]
    [InlineData("10.0.0.4", false)]
    public void AddressesThatTheEnvironmentReservesAreTrustedAndNoOthers(string sender, bool isTrusted) =>
        Assert.Equal(isTrusted, ContainerAppsIngress.Networks.Any(network => System.Net.IPNetwork.Parse(network).Contains(IPAddress.Parse(sender))));
}
