using System.Collections.Concurrent;
using Flasky.Mailbox.Store;
using Microsoft.AspNetCore.Connections;

namespace Flasky.Mailbox.Smtp;

/// <summary>The open sessions. Safe for concurrent use.</summary>
internal sealed class SmtpSessions : IDisposable
{
    private readonly ConcurrentDictionary<long, SmtpSession> open = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Waiters<SmtpSessionInfo> waiters;
    private readonly Waiters<SmtpSessions> endWaiters;
    private readonly MailboxServices services;
    private readonly ITimer sweep;
    private long lastId;

    public SmtpSessions(MailboxServices services)
    {
        this.services = services;
        waiters = new(services.Options.Time);
        endWaiters = new(services.Options.Time);
        // One timer for all sessions, not one each: a time-out may come up to a quarter late.
        var period = services.Options.IdleTimeout / 4;
        sweep = services.Options.Time.CreateTimer(_ => EndIdle(), null, period, period);
    }

    /// <summary>Cancelled when the server stops.</summary>
    public CancellationToken Stopping => stopping.Token;

    public IReadOnlyList<SmtpSessionInfo> Snapshot() => [.. open.Values.OrderBy(session => session.Id).Select(session => session.Snapshot())];

    /// <summary>Serves a connection until it ends.</summary>
    public async Task RunAsync(ConnectionContext connection)
    {
        var session = new SmtpSession(connection, Interlocked.Increment(ref lastId), this, services);
        open[session.Id] = session;
        try
        {
            if (stopping.IsCancellationRequested) session.End(SmtpReplies.Stopping);
            await session.RunAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the server stops while a fault holds the session: nobody is left to tell.
        }
        finally
        {
            open.TryRemove(session.Id, out _);
            endWaiters.Offer(this);
        }
    }

    /// <summary>A session has gone to a stage.</summary>
    public void Entered(SmtpSession session)
    {
        if (waiters.Any) waiters.Offer(session.Snapshot());
    }

    public Task<SmtpSessionInfo> WaitAsync(Func<SmtpSessionInfo, bool> match, TimeSpan timeout, CancellationToken cancellationToken) =>
        waiters.WaitAsync(match, Snapshot, timeout, Describe, cancellationToken);

    public Task WaitForNoneAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        endWaiters.WaitAsync(sessions => sessions.open.IsEmpty, () => [this], timeout, Describe, cancellationToken);

    /// <summary>Ends all sessions with 421, and those that a fault holds without.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        foreach (var session in open.Values) session.End(SmtpReplies.Stopping);
    }

    public void Dispose()
    {
        sweep.Dispose();
        stopping.Dispose();
    }

    private string Describe() => $"Open: {string.Join("; ", Snapshot())}";

    private void EndIdle()
    {
        foreach (var session in open.Values)
        {
            var since = session.WaitingSince;
            if (since == 0 || services.Options.Time.GetElapsedTime(since) < services.Options.IdleTimeout) continue;
            // One that was asked to end and still waits has a client that does not even read.
            if (!session.End(SmtpReplies.TimedOut)) session.Abort();
        }
    }
}
