using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Flasky.Data.Statements;

/// <summary>Prepares the marked statements; one that the connection knows already costs nothing more.</summary>
internal sealed partial class StatementPreparer : DbCommandInterceptor
{
    // As EF Core writes a tag.
    private const string Comment = $"-- {PreparedStatements.Mark}";

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        if (IsMarked(command))
        {
            SpellLimitsOut(command);
            command.Prepare();
        }
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsMarked(command))
        {
            SpellLimitsOut(command);
            await command.PrepareAsync(cancellationToken);
        }
        return result;
    }

    private static bool IsMarked(DbCommand command) => command.CommandText.StartsWith(Comment, StringComparison.Ordinal);

    /// <summary>
    /// Puts the numbers of rows into the statement, where EF Core has parameters: the planner takes an unknown limit for a tenth of the table, and
    /// so finds no plan worth keeping. (EF.Constant does the same, but then EF Core writes the statement anew each time, under a lock.)
    /// </summary>
    private static void SpellLimitsOut(DbCommand command) => command.CommandText = Limit().Replace(command.CommandText, limit =>
        command.Parameters[limit.Groups["name"].Value].Value is int rows ? string.Create(CultureInfo.InvariantCulture, $"LIMIT {rows}") : limit.Value);

    [GeneratedRegex(@"\bLIMIT (?<name>@\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Limit();
}
