using System.Net;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Web.Account;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

/// <summary>What is known of a client, and what is not told about it.</summary>
public sealed class ClientTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData(null, "unknown")]
    public void AnAddressOrANetworkIsOneClient(string? address, string client)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        Assert.Equal(client, ClientNetwork.Of(context));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.0", "curl")]
    [InlineData("<script>alert(1)</script>", "An unknown device")]
    [InlineData("", "An unknown device")]
    public void DevicesHaveNamesThatPeopleKnow(string userAgent, string device) => Assert.Equal(device, Device.Describe(userAgent));

    [Fact]
    public void AddressesAreNotReadableInJobs()
    {
        // The queue of the site itself, beneath the one that records.
        var queue = site.Services.GetServices<IJobQueue>().First();
        Assert.DoesNotContain("ada@example.com", queue.Create(new ResetPassword("ada@example.com")).Arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", queue.Create(new EmailChangeRequested(1, "ada@example.com")).Arguments, StringComparison.Ordinal);
    }
}
