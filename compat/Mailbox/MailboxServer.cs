using Flasky.Mailbox.Smtp;

namespace Flasky.Mailbox;

/// <summary>
/// A mailbox that takes every message and delivers none: an SMTP server whose faults can be scripted, a page to read
/// what came, and the part of MailPit's REST API that tests use. Safe for concurrent use.
/// </summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private readonly MailboxServices services;
    private readonly SmtpSessions sessions;
    private readonly MailboxHost host;
    private int disposed;

    private MailboxServer(MailboxOptions options)
    {
        services = new MailboxServices(options);
        sessions = new SmtpSessions(services);
        host = new MailboxHost(services, sessions);
    }

    /// <summary>The port that takes SMTP.</summary>
    public int SmtpPort => host.SmtpPort;

    /// <summary>The port of the page and the REST API; 0 if there is none.</summary>
    public int HttpPort => host.HttpPort;

    /// <summary>What goes wrong.</summary>
    public SmtpFaults Faults => services.Faults;

    /// <summary>The messages kept at this moment, the newest first.</summary>
    public IReadOnlyList<ReceivedMessage> Messages => services.Store.Snapshot();

    /// <summary>How many messages have been kept since the start, also those that are gone by now.</summary>
    public long MessagesAccepted => services.Store.Accepted;

    /// <summary>The sessions open at this moment, the oldest first.</summary>
    public IReadOnlyList<SmtpSessionInfo> Sessions => sessions.Snapshot();

    /// <summary>Starts a server; it serves when this returns.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">A port is in use; the message names it.</exception>
    public static async Task<MailboxServer> StartAsync(MailboxOptions options, CancellationToken ct = default)
    {
        if (options.FindProblem() is { } problem) throw new ArgumentException(problem, nameof(options));
        var server = new MailboxServer(options);
        try
        {
            await server.host.StartAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a message that matches; also finds one that is there already.</summary>
    /// <param name="match">Must be quick: it runs in the session that brings the message.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came in time; the message lists what is there.</exception>
    public Task<ReceivedMessage> WaitForMessageAsync(Func<ReceivedMessage, bool> match, TimeSpan timeout, CancellationToken ct = default) =>
        services.Store.WaitAsync(match, timeout, ct);

    /// <summary>Waits for a session that matches, as it is now or at any stage it goes to.</summary>
    /// <param name="match">Must be quick: it runs in the session.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came in time; the message lists the open sessions.</exception>
    public Task<SmtpSessionInfo> WaitForSessionAsync(Func<SmtpSessionInfo, bool> match, TimeSpan timeout, CancellationToken ct = default) =>
        sessions.WaitAsync(match, timeout, ct);

    /// <summary>Waits until no session is open.</summary>
    /// <exception cref="TimeoutException">One stayed open; the message lists them.</exception>
    public Task WaitForNoSessionAsync(TimeSpan timeout, CancellationToken ct = default) => sessions.WaitForNoneAsync(timeout, ct);

    /// <summary>Removes all messages.</summary>
    public void DeleteMessages() => services.Store.DeleteAll();

    /// <summary>Ends all sessions with 421 and stops. Harmless when repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await sessions.StopAsync();
        await host.DisposeAsync();
        sessions.Dispose();
    }
}
