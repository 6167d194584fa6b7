using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Flasky.Data.Diagnostics;

/// <summary>Logs statements that took longer than <see cref="Limit"/>: their text and time, never their parameters.</summary>
internal sealed partial class SlowStatementLogger(ILogger<SlowStatementLogger> logger) : DbCommandInterceptor
{
    /// <summary>The slowest a statement may be without being noticed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(0.5);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) =>
        Checked(command, eventData, result);

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result) =>
        Checked(command, eventData, result);

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) =>
        Checked(command, eventData, result);

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        new(Checked(command, eventData, result));

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) =>
        new(Checked(command, eventData, result));

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(Checked(command, eventData, result));

    private T Checked<T>(DbCommand command, CommandExecutedEventData eventData, T result)
    {
        if (eventData.Duration > Limit)
        {
            LogSlow(eventData.Duration.TotalMilliseconds, command.CommandText);
        }
        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A statement took {Milliseconds:F0} ms: {Statement}")]
    private partial void LogSlow(double milliseconds, string statement);
}
