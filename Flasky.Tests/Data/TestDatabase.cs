using Flasky.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Flasky.Tests.Data;

/// <summary>An empty database of a test class's own.</summary>
public class EmptyDatabase(Servers servers) : IAsyncLifetime
{
    private readonly string name = $"test_{Guid.NewGuid():N}";

    public string ConnectionString => new NpgsqlConnectionStringBuilder(servers.PostgresConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    public virtual async ValueTask InitializeAsync() => await ExecuteAsync($"CREATE DATABASE {name}");

    public async ValueTask DisposeAsync()
    {
        await using var pool = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pool);
        await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        GC.SuppressFinalize(this);
    }

    /// <summary>The one value that a statement yields.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A host with Flasky's data on this database; not started, so the outbox keeps its jobs.</summary>
    public IHost CreateHost(TimeProvider? time = null, string? adminEmail = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:flaskydb"] = ConnectionString,
            ["Flasky:AdminEmail"] = adminEmail,
        });
        builder.AddFlaskyJobs("redis").UseJobTesting();
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }
        builder.AddFlaskyData();
        return builder.Build();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(servers.PostgresConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database of a test class's own, with Flasky's tables and roles.</summary>
public sealed class FlaskyDatabase(Servers servers) : EmptyDatabase(servers)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var host = CreateHost();
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigration>().RunAsync();
    }
}
