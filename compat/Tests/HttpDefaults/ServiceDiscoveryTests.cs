using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Compat.Tests.HttpDefaults;

public sealed class ServiceDiscoveryTests
{
    private static readonly Dictionary<string, string?> Services = new()
    {
        ["services:web:http:0"] = "http://127.0.0.1:5080",
        ["services:mail:http:0"] = "http://127.0.0.1:8025",
        ["services:mail:https:0"] = "https://127.0.0.1:8026",
        ["services:mail:admin:0"] = "127.0.0.1:9000",
        ["services:twins:http:0"] = "http://one:1",
        ["services:twins:http:1"] = "http://two:2",
    };

    [Theory]
    [InlineData("http://web/posts?page=2", "http://127.0.0.1:5080/posts?page=2")]
    [InlineData("https+http://web/posts", "http://127.0.0.1:5080/posts")]
    [InlineData("https+http://mail/", "https://127.0.0.1:8026/")]
    [InlineData("http://_admin.mail/", "http://127.0.0.1:9000/")]
    [InlineData("http://example.com:81/a", "http://example.com:81/a")]
    [InlineData("https+http://example.com/a", "https://example.com/a")]
    public async Task ANameStandsForTheAddressInTheConfiguration(string asked, string sent)
    {
        using var server = new Server(Server.Says(HttpStatusCode.OK));
        using var client = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, asked);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(sent), Assert.Single(server.Requests));
        Assert.Equal(new Uri(asked), request.RequestUri);
    }

    [Fact]
    public async Task TakesTheEndpointsInTurn()
    {
        using var server = new Server(Server.Says(HttpStatusCode.OK));
        using var client = Client(server);

        await client.GetAsync(new Uri("http://twins/"), TestContext.Current.CancellationToken);
        await client.GetAsync(new Uri("http://twins/"), TestContext.Current.CancellationToken);

        Assert.Equal(["one", "two"], server.Requests.Select(uri => uri.Host).Order());
    }

    private static HttpClient Client(Server server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Services).Build());
        return server.Client(services, static http => http.AddServiceDiscovery());
    }
}
