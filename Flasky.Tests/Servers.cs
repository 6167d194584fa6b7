using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Flasky.Tests.Topologies;

[assembly: AssemblyFixture(typeof(Flasky.Tests.Servers))]

namespace Flasky.Tests;

/// <summary>
/// A real Redis and a real PostgreSQL, shared by all tests that need no more than that. Each test keeps to a key prefix or
/// a database of its own.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private DistributedApplication? app;

    /// <summary>A StackExchange.Redis connection string, password included. Of another Redis where <see cref="AskedRedis"/> says so.</summary>
    public string Redis { get; private set; } = "";

    /// <summary>The servers behind <see cref="Redis"/> where they are the tests' own, else null.</summary>
    public IRedisTopology? AskedTopology { get; private set; }

    /// <summary>Of a superuser, in the database "postgres".</summary>
    public string PostgresConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var builder = DistributedApplicationTestingBuilder.Create();
        AskedTopology = await AskedRedis.StartAsync(timeout.Token);
        if (AskedTopology is null)
            builder.AddRedis("redis");
        builder.AddPostgres("postgres");
        app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        Redis = AskedTopology?.ConnectionString ?? await RedisOfAsync(app, timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", timeout.Token);
        PostgresConnectionString = $"{await app.GetConnectionStringAsync("postgres", timeout.Token)};Database=postgres";
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        if (AskedTopology is not null)
            await AskedTopology.DisposeAsync();
    }

    private static async Task<string> RedisOfAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", cancellationToken);
        return await app.GetConnectionStringAsync("redis", cancellationToken) ?? throw new InvalidOperationException("Redis has no connection string.");
    }
}
