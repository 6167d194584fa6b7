using System.Data.Common;
using System.Diagnostics;
using Flasky.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Flasky.Data.Outbox;

/// <summary>
/// Hands the outbox's jobs to the queue: as soon as a commit of this process signals, and every
/// <see cref="PollInterval"/> for what a crash, an outage or another process left.
/// </summary>
internal sealed partial class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes,
    OutboxSignal<TContext> signal,
    TimeProvider time,
    ILogger<OutboxDispatcher<TContext>> logger) : BackgroundService where TContext : DbContext
{
    /// <summary>How often the table is looked at unasked, and the longest wait between two tries.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(25);

    // Some hundred bytes each: a few tens of kilobytes, and one turn lasts milliseconds.
    private const int BatchSize = 200;

    private bool failing;

    private enum Turn { Sent, Empty, Busy, Failed }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An unsampled root, so that polling an empty table makes no traces. Sent jobs carry their own context.
        using var unsampled = new Activity("outbox").Start();
        await using var poll = time.CreateTimer(_ => signal.Set(), null, PollInterval, PollInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(stoppingToken);
            await DrainAsync(stoppingToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var retry = FirstRetry;
        while (await TakeTurnAsync(cancellationToken) is var turn and not Turn.Empty)
        {
            if (turn == Turn.Sent)
            {
                retry = FirstRetry;
                continue;
            }
            await Task.Delay(retry, time, cancellationToken);
            retry = retry * 2 < PollInterval ? retry * 2 : PollInterval;
        }
    }

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            var turn = await SendBatchAsync(cancellationToken);
            if (failing && turn != Turn.Busy)
            {
                failing = false;
                LogRecovered();
            }
            return turn;
        }
        catch (Exception e) when (e is JobQueueUnavailableException or DbException)
        {
            LogUnavailable(failing ? LogLevel.Debug : LogLevel.Warning, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
        failing = true;
        return Turn.Failed;
    }

    private async Task<Turn> SendBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        // Not through the context's retrying strategy: its waits are longer than the poll's.
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        await using var open = new Closing(connection);
        await using var batch = await OutboxBatch.TakeAsync(connection, Table(db), BatchSize, cancellationToken);
        if (batch.Jobs.Count == 0)
        {
            return batch.IsHeld ? Turn.Empty : Turn.Busy;
        }
        await scope.ServiceProvider.GetRequiredService<IJobQueue>().SendAsync(batch.Jobs, cancellationToken);
        // The queue has them: a stop that comes now must not leave them to be sent again.
        await batch.RemoveAsync(CancellationToken.None);
        return batch.Jobs.Count < BatchSize ? Turn.Empty : Turn.Sent;
    }

    private static string Table(DbContext db)
    {
        var schema = db.Model.FindEntityType(typeof(OutboxJob))!.GetSchema();
        return schema is null ? OutboxExtensions.Table : $"\"{schema}\".{OutboxExtensions.Table}";
    }

    private readonly struct Closing(NpgsqlConnection connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(connection.CloseAsync());
    }

    [LoggerMessage(Message = "The outbox keeps its jobs for now, and tries again: {Reason}")]
    private partial void LogUnavailable(LogLevel level, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The outbox hands over jobs again")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not hand over its jobs; it keeps them and tries again")]
    private partial void LogFailed(Exception exception);
}
