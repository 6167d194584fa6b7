using Npgsql;

namespace Flasky.Benchmarks.Web.Load;

/// <summary>
/// What the home page cannot do without: its own statement, sent by connections that are open and have it prepared, and its rows read. The
/// statement is the one that the site sent last, as PostgreSQL has it.
/// </summary>
internal sealed class BareQuery(string database, int rows)
{
    /// <exception cref="InvalidOperationException">It does not yield as many rows as the page reads.</exception>
    public async Task<Measured> RunAsync(int concurrency, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var statement = await StatementAsync(source, cancellationToken);
        var commands = new List<NpgsqlCommand>();
        try
        {
            for (var i = 0; i < concurrency; i++)
            {
                var command = new NpgsqlCommand(statement, await source.OpenConnectionAsync(cancellationToken));
                commands.Add(command);
                await command.PrepareAsync(cancellationToken);
            }
            return await Measured.OfAsync(concurrency, duration, async i => await ReadAsync(commands[i], cancellationToken));
        }
        finally
        {
            foreach (var command in commands)
            {
                await command.Connection!.DisposeAsync();
                await command.DisposeAsync();
            }
        }
    }

    private async Task ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new object[reader.FieldCount];
        var read = 0;
        for (; await reader.ReadAsync(cancellationToken); read++)
            reader.GetValues(values);
        if (read != rows)
            throw new InvalidOperationException($"The home page's statement yielded {read} rows, not {rows}.");
    }

    private static async Task<string> StatementAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT query FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%"BodyHtml"%' ORDER BY query_start DESC LIMIT 1
            """);
        return await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new InvalidOperationException("The home page has sent no statement.");
    }
}
