using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>A PostgreSQL of the benchmark's own, started the way the tests start theirs and gone at the end.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly DistributedApplication app;
    private readonly string connectionString;

    private OwnPostgres(DistributedApplication app, string connectionString) => (this.app, this.connectionString) = (app, connectionString);

    public static async Task<OwnPostgres> StartAsync(CancellationToken cancellationToken)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.AddPostgres("postgres");
        var server = await builder.BuildAsync(cancellationToken);
        try
        {
            await server.StartAsync(cancellationToken);
            await server.ResourceNotifications.WaitForResourceHealthyAsync("postgres", cancellationToken);
            var text = await server.GetConnectionStringAsync("postgres", cancellationToken);
            return new OwnPostgres(server, text ?? throw new InvalidOperationException("PostgreSQL has no connection string."));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Of("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return Of(name);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private string Of(string database) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;
}
