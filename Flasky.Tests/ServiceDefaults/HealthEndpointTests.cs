using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.ServiceDefaults;

public sealed class HealthEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task TellsHealthInOneWordInEveryEnvironment(string environment)
    {
        await using var app = await StartAsync(static _ => { }, environment);
        using var client = Client(app);

        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token));
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/alive", UriKind.Relative), Token));
    }

    [Fact]
    public async Task AFailedDependencyMakesTheProcessUnhealthyButAlive()
    {
        await using var app = await StartAsync(static builder =>
            builder.Services.AddHealthChecks().AddCheck("server", static () => HealthCheckResult.Unhealthy("password=secret")));
        using var client = Client(app);

        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative), Token);
        using var alive = await client.GetAsync(new Uri("/alive", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("Unhealthy", await health.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task AToleratedFailureDegrades()
    {
        await using var app = await StartAsync(static builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("broker", static () => throw new InvalidOperationException("It is down."));
            builder.ToleratesFailureOf("broker");
        });
        using var client = Client(app);

        Assert.Equal("Degraded", await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token));
    }

    [Fact]
    public async Task ToleratingAnUnknownCheckIsRefusedAtTheStart()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(static builder => builder.ToleratesFailureOf("typo")));

        Assert.Contains("typo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAskersShareOneRun()
    {
        var runs = 0;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await StartAsync(builder =>
        {
            // The publisher, which logs changes, runs the checks for itself; this test counts the runs for askers only.
            builder.Services.RemoveAll<IHealthCheckPublisher>();
            builder.Services.AddHealthChecks().AddAsyncCheck("slow", async () =>
            {
                Interlocked.Increment(ref runs);
                await asked.Task;
                return HealthCheckResult.Healthy();
            });
        });
        using var client = Client(app);

        var replies = Enumerable.Range(0, 50).Select(i => client.GetStringAsync(new Uri($"/health?{i}", UriKind.Relative), Token)).ToList();
        asked.SetResult();

        Assert.All(await Task.WhenAll(replies), static reply => Assert.Equal("Healthy", reply));
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token));
        Assert.Equal(1, runs);
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    private static async Task<WebApplication> StartAsync(Action<WebApplicationBuilder> configure, string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        configure(builder);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.StartAsync(Token);
        return app;
    }
}
