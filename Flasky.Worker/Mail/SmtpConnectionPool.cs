using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Flasky.Worker.Mail;

/// <summary>A few connections to the mail server that senders take turns with. Safe for concurrent use.</summary>
internal sealed class SmtpConnectionPool(SmtpSettings settings, IOptions<SmtpOptions> options, TimeProvider time) : IAsyncDisposable
{
    // a stack, so that the few connections that are needed stay in use and the others fall idle
    private readonly ConcurrentStack<SmtpConnection> idle = new();
    private readonly SemaphoreSlim places = new(options.Value.MaxConnections);

    /// <summary>Waits for a place and takes an idle connection, or opens one.</summary>
    /// <param name="fresh">Whether to open one in any case.</param>
    /// <param name="cancellationToken">Ends the wait and the opening.</param>
    internal async Task<SmtpLease> RentAsync(bool fresh, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            while (!fresh && idle.TryPop(out var connection))
            {
                if (!IsStale(connection))
                {
                    return new SmtpLease(this, connection, isReused: true);
                }
                await connection.CloseAsync();
            }
            return new SmtpLease(this, await SmtpConnection.OpenAsync(settings, options.Value.Timeout, cancellationToken), isReused: false);
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    internal void Return(SmtpConnection connection)
    {
        if (connection.IsOpen)
        {
            connection.IdleSince = time.GetTimestamp();
            idle.Push(connection);
        }
        else
        {
            connection.Dispose();
        }
        places.Release();
    }

    /// <summary>Closes the connections that nobody has used for <see cref="SmtpOptions.IdleTimeout"/>.</summary>
    internal Task CloseStaleAsync() => CloseAsync(IsStale);

    /// <summary>Closes every connection that is not in use: one has turned out to be dead, and the others may be as old.</summary>
    internal Task CloseIdleAsync() => CloseAsync(_ => true);

    public async ValueTask DisposeAsync()
    {
        await CloseIdleAsync();
        places.Dispose();
    }

    private async Task CloseAsync(Func<SmtpConnection, bool> which)
    {
        var taken = new SmtpConnection[Math.Max(idle.Count, 1)];
        var count = idle.TryPopRange(taken);
        // what is kept goes back first, for a farewell may take a moment
        foreach (var connection in taken.Take(count).Reverse().Where(c => !which(c)))
        {
            idle.Push(connection);
        }
        await Task.WhenAll(taken.Take(count).Where(which).Select(c => c.CloseAsync()));
    }

    private bool IsStale(SmtpConnection connection) => time.GetElapsedTime(connection.IdleSince) >= options.Value.IdleTimeout;
}
