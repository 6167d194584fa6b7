using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Flasky.Data.Statements;

/// <summary>Prepares the marked statements; one that the connection knows already costs nothing more.</summary>
internal sealed class StatementPreparer : DbCommandInterceptor
{
    // As EF Core writes a tag.
    private const string Comment = $"-- {PreparedStatements.Mark}";

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        if (IsMarked(command))
        {
            command.Prepare();
        }
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsMarked(command))
        {
            await command.PrepareAsync(cancellationToken);
        }
        return result;
    }

    private static bool IsMarked(DbCommand command) => command.CommandText.StartsWith(Comment, StringComparison.Ordinal);
}
