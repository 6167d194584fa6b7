using System.Globalization;
using Npgsql;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>Makes people, posts, comments and follows by statements that make all rows at once; see <c>fill.sql</c>.</summary>
internal static class BulkFill
{
    private const int Users = 10_000;
    private const int Authors = 2000;

    /// <summary>How many people the reader follows.</summary>
    private const int Follows = 1000;

    /// <param name="database">Migrated, with the reader's account in it.</param>
    /// <param name="posts">How many.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task RunAsync(string database, int posts, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
            $"SET fill.posts = {posts}; SET fill.users = {Users}; SET fill.authors = {Authors}; SET fill.follows = {Follows}; SET fill.reader = '{Reader.Name}'"));
        using var script = new StreamReader(typeof(BulkFill).Assembly.GetManifestResourceStream("fill.sql")!);
        await ExecuteAsync(await script.ReadToEndAsync(cancellationToken));
        // As autovacuum would have done meanwhile: it must not come in the middle of a measurement.
        await ExecuteAsync("VACUUM (ANALYZE)");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
