using System.Text.Json;
using Flasky.Jobs;
using Npgsql;

namespace Flasky.Data.Outbox;

/// <summary>
/// The oldest jobs of an outbox, held by one transaction until they are removed or the batch is disposed. An advisory
/// lock lets one process at a time hold a batch. Locking rows instead (FOR UPDATE SKIP LOCKED) would let a second process
/// send newer jobs first; the order of creation would hold for one replica only. The lock goes with the transaction, and a
/// frozen holder's transaction is ended by the server.
/// </summary>
internal sealed class OutboxBatch : IAsyncDisposable
{
    private readonly NpgsqlTransaction transaction;
    private readonly string table;
    private readonly List<long> sequences = [];
    private readonly List<JobEnvelope> jobs = [];

    private OutboxBatch(NpgsqlTransaction transaction, string table) => (this.transaction, this.table) = (transaction, table);

    /// <summary>In order of creation; empty when nothing waits.</summary>
    public IReadOnlyList<JobEnvelope> Jobs => jobs;

    /// <summary>False when another process holds a batch; <see cref="Jobs"/> is empty then.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Tries to hold the oldest jobs.</summary>
    /// <param name="connection">Open, and used by nothing else until the batch is disposed.</param>
    /// <param name="table">Quoted for SQL.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OutboxBatch> TakeAsync(NpgsqlConnection connection, string table, int limit, CancellationToken cancellationToken)
    {
        var batch = new OutboxBatch(await connection.BeginTransactionAsync(cancellationToken), table);
        try
        {
            await batch.ReadAsync(connection, limit, cancellationToken);
            return batch;
        }
        catch
        {
            await batch.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes the jobs for good.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        // By number, not "up to the last": a transaction that took a lower number may commit in between.
        await using var delete = new NpgsqlCommand($"DELETE FROM {table} WHERE sequence = ANY($1)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = sequences } },
        };
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private async Task ReadAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        // Two statements, so that the rows are read as they are once the lock is held.
        await using var take = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("SET LOCAL idle_in_transaction_session_timeout = '30s'"),
                new($"SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { new() { Value = table } } },
                new($"SELECT sequence, job_id, queue, name, arguments, headers, created_at, due_at FROM {table} ORDER BY sequence LIMIT $1")
                {
                    Parameters = { new() { Value = limit } },
                },
            },
        };
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        IsHeld = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        while (IsHeld && await reader.ReadAsync(cancellationToken))
        {
            sequences.Add(reader.GetInt64(0));
            jobs.Add(Read(reader));
        }
    }

    private static JobEnvelope Read(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetString(2), row.GetGuid(1)),
        Name = row.GetString(3),
        Arguments = row.GetString(4),
        Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(5))!,
        CreatedAt = row.GetFieldValue<DateTimeOffset>(6),
        DueAt = row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
    };
}
