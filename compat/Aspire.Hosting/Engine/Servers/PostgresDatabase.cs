using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Engine;

internal static class Postgres
{
    /// <summary>Opens a connection that belongs to no pool: a pool would hold on to a server that is stopped.</summary>
    internal static async Task<NpgsqlConnection> ConnectAsync(ReferenceExpression connectionString, CancellationToken cancellationToken)
    {
        var text = await connectionString.GetValueAsync(cancellationToken);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(text) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}

/// <summary>Creates a database on a server that is healthy.</summary>
internal sealed class PostgresDatabaseRunner(PostgresDatabaseResource database) : IRunner
{
    public async Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        await using var connection = await Postgres.ConnectAsync(database.Parent.MaintenanceConnectionString, cancellationToken);
        try
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Kept from an earlier run.
            return new Existing();
        }

        return new Existing();
    }

    private sealed class Existing : IRunning
    {
        private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Ended => ended.Task;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            ended.TrySetResult(0);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            ended.TrySetResult(0);
            return ValueTask.CompletedTask;
        }
    }
}
