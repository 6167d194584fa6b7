using Aspire.Hosting;
using Aspire.Hosting.Testing;

[assembly: AssemblyFixture(typeof(Flasky.Tests.Servers))]

namespace Flasky.Tests;

/// <summary>
/// A real Redis and a real PostgreSQL, shared by all tests that need no more than that. Each test keeps to a key prefix or
/// a database of its own.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private DistributedApplication? app;

    /// <summary>A StackExchange.Redis connection string, password included.</summary>
    public string Redis { get; private set; } = "";

    /// <summary>Of a superuser, in the database "postgres".</summary>
    public string PostgresConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis");
        builder.AddPostgres("postgres");
        app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", timeout.Token);
        Redis = await app.GetConnectionStringAsync("redis", timeout.Token) ?? throw new InvalidOperationException("Redis has no connection string.");
        PostgresConnectionString = $"{await app.GetConnectionStringAsync("postgres", timeout.Token)};Database=postgres";
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }
}
