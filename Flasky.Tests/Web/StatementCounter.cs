using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Flasky.Tests.Web;

/// <summary>Counts the statements that a site sends to its database. Safe for concurrent use.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private List<string> statements = [];

    /// <summary>The statements since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (gate)
        {
            return Interlocked.Exchange(ref statements, []);
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    private void Add(DbCommand command)
    {
        // What the outbox and the health check ask goes on beside the requests.
        if (command.CommandText.Contains("outbox_jobs", StringComparison.Ordinal) || command.CommandText == "SELECT 1")
            return;
        lock (gate)
        {
            statements.Add(command.CommandText);
        }
    }
}
