using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Flasky.Mailbox.Smtp;

/// <summary>One client's connection, from the greeting to its end.</summary>
internal sealed partial class SmtpSession(ConnectionContext connection, long id, SmtpSessions sessions, MailboxServices services)
{
    private readonly SmtpChannel channel = new(connection.Transport, services.Options.Time);
    private readonly int remotePort = (connection.RemoteEndPoint as IPEndPoint)?.Port ?? 0;
    private readonly DateTimeOffset connectedAt = services.Options.Time.GetUtcNow();
    private volatile string? farewell;
    private volatile string? clientName;
    private volatile string? userName;
    private volatile Envelope? envelope;
    private volatile ReceivedMessage? message;
    private volatile int messagesKept;
    private volatile SmtpStage stage = SmtpStage.Connect;

    public long Id => id;

    public SmtpStage Stage => stage;

    /// <summary>Since when it waits for its client; 0 while it does not.</summary>
    public long WaitingSince => channel.WaitingSince;

    /// <summary>Greets, then answers one command after another until QUIT, a time-out, or the end of either side.</summary>
    public async Task RunAsync()
    {
        var outcome = await EnterAsync(SmtpStage.Connect);
        if (outcome == FaultOutcome.None) channel.Write($"220 {services.Options.HostName} ESMTP Flasky mailbox");
        var open = outcome == FaultOutcome.None;
        while (open && farewell is null)
        {
            stage = SmtpStage.Idle;
            sessions.Entered(this);
            if (await channel.ReadLineAsync() is not { } line) break;
            open = await HandleAsync(line);
        }
        if (open && farewell is not null) channel.Write(farewell);
        await channel.FlushAsync();
    }

    /// <summary>Asks the session to end: it says so to its client as soon as it is not busy with a command.</summary>
    /// <returns>False if it had been asked before.</returns>
    public bool End(string reply)
    {
        var first = Interlocked.CompareExchange(ref farewell, reply, null) is null;
        channel.Wake();
        return first;
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort() => connection.Abort();

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        connection.Abort();
    }

    /// <summary>Writes a reply made of a code and a text.</summary>
    public void Reply(int code, string text) => channel.Write(string.Create(CultureInfo.InvariantCulture, $"{code} {text}"));

    /// <summary>Lets a fault wait: replies that are due are sent before; the wait ends with the connection or the server.</summary>
    public async Task PauseAsync(Func<CancellationToken, Task> wait)
    {
        await channel.FlushAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, sessions.Stopping);
        await wait(ended.Token);
    }

    /// <summary>The session as it is now. Safe to call from any thread.</summary>
    public SmtpSessionInfo Snapshot()
    {
        var current = envelope;
        return new SmtpSessionInfo
        {
            Id = id,
            RemotePort = remotePort,
            ConnectedAt = connectedAt,
            Stage = stage,
            ClientName = clientName,
            UserName = userName,
            Sender = current?.Sender,
            Recipients = current?.Recipients ?? [],
            Message = message,
            MessagesKept = messagesKept,
        };
    }

    /// <summary>Goes to a stage: others may see it, and its faults apply.</summary>
    private ValueTask<FaultOutcome> EnterAsync(SmtpStage next)
    {
        stage = next;
        sessions.Entered(this);
        return services.Faults.ApplyAsync(this);
    }

    /// <summary>Goes to a stage whose handling, unless a fault prevents it, is one reply.</summary>
    /// <returns>Whether the session goes on.</returns>
    private async ValueTask<bool> AnswerAsync(SmtpStage next, string reply)
    {
        var outcome = await EnterAsync(next);
        if (outcome == FaultOutcome.None) channel.Write(reply);
        return outcome != FaultOutcome.Closed;
    }

    private bool Refuse(string reply)
    {
        channel.Write(reply);
        return true;
    }
}
