using System.Net;

namespace Flasky.Tests.Web;

/// <summary>Limits of an address or a client as a whole, counted over two replicas.</summary>
public sealed class SharedLimitTests(Site site) : IClassFixture<Site>
{
    private const int Burst = 4;

    [Fact]
    public async Task PasswordsForOneAddressAreLimitedFromWhereverTheyCome()
    {
        await using var replicas = new LimitedReplicas(site, "LoginPerAddress", Burst);
        var name = await site.NewUserAsync();
        for (var i = 0; i < Burst; i++)
            Assert.Equal(HttpStatusCode.OK, await replicas.GuessAsync(i, $"192.0.2.{i}", name));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await replicas.GuessAsync(i, $"192.0.2.{100 + i}", name, Browser.Password));
        Assert.Equal(HttpStatusCode.OK, await replicas.GuessAsync(0, "192.0.2.1", "somebody.else"));
    }

    [Fact]
    public async Task PasswordsOfOneClientAreLimitedForWhomeverTheyAre()
    {
        await using var replicas = new LimitedReplicas(site, "LoginPerClient", Burst);
        var name = await site.NewUserAsync();
        for (var i = 0; i < Burst; i++)
            Assert.Equal(HttpStatusCode.OK, await replicas.GuessAsync(i, "198.51.100.1", $"somebody{i}"));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await replicas.GuessAsync(i, "198.51.100.1", name, Browser.Password));
        // From elsewhere the person gets in.
        Assert.Equal(HttpStatusCode.Found, await replicas.GuessAsync(1, "198.51.100.2", name, Browser.Password));
    }

    [Fact]
    public async Task MailsThatOneClientAsksForAreLimitedForWhomeverTheyAre()
    {
        await using var replicas = new LimitedReplicas(site, "MailPerClient", Burst);
        for (var i = 0; i < Burst; i++)
            Assert.Equal(HttpStatusCode.Found, await replicas.AskForResetAsync(i, "203.0.113.1", $"reader{i}"));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await replicas.AskForResetAsync(i, "203.0.113.1", "one.more"));
        Assert.Equal(HttpStatusCode.Found, await replicas.AskForResetAsync(0, "203.0.113.2", "one.more"));
    }
}
