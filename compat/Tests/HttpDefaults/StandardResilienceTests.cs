using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Compat.Tests.HttpDefaults;

public sealed class StandardResilienceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RepeatsWhatFailsForTheMoment()
    {
        using var server = new Server(Hurried(HttpStatusCode.ServiceUnavailable), Hurried(HttpStatusCode.TooManyRequests), Server.Says(HttpStatusCode.OK));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(server));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task GivesTheLastAnswerAfterThreeRetries()
    {
        using var server = new Server(Hurried(HttpStatusCode.BadGateway));

        Assert.Equal(HttpStatusCode.BadGateway, await GetAsync(server));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task RepeatsAfterABrokenConnection()
    {
        using var server = new Server(Server.Breaks(), Server.Says(HttpStatusCode.OK));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(server));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task DoesNotRepeatWhatCannotGetBetter()
    {
        using var server = new Server(Server.Says(HttpStatusCode.NotFound));

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task BreaksTheCircuitOfAServerThatKeepsFailing()
    {
        using var server = new Server(Hurried(HttpStatusCode.InternalServerError));
        using var client = server.Client(new ServiceCollection(), static http => http.AddStandardResilienceHandler());

        for (var i = 0; i < 25; i++)
        {
            await client.GetAsync(new Uri("http://server/"), Token);
        }
        Assert.Equal(100, server.Requests.Count);
        await Assert.ThrowsAsync<Polly.CircuitBreaker.BrokenCircuitException>(() => client.GetAsync(new Uri("http://server/"), Token));
        Assert.Equal(100, server.Requests.Count);
    }

    // Retry-After: 0 spares the test the back-off.
    private static Func<HttpResponseMessage> Hurried(HttpStatusCode status) => () =>
        new HttpResponseMessage(status) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero) } };

    private static async Task<HttpStatusCode> GetAsync(Server server)
    {
        using var client = server.Client(new ServiceCollection(), static http => http.AddStandardResilienceHandler());
        using var response = await client.GetAsync(new Uri("http://server/"), Token);
        return response.StatusCode;
    }
}
