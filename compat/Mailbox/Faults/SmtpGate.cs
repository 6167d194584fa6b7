using System.Collections.Concurrent;
using Flasky.Mailbox.Smtp;
using Flasky.Mailbox.Store;

namespace Flasky.Mailbox;

/// <summary>
/// Holds sessions at a stage until a test opens it. A session whose client goes away, or whose server stops, leaves the
/// gate and ends. Safe for concurrent use.
/// </summary>
public sealed class SmtpGate : SmtpFault
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<long, SmtpSessionInfo> held = new();
    private readonly Waiters<SmtpSessionInfo> waiters;

    internal SmtpGate(SmtpFaults faults, FaultMatch match, TimeProvider time)
        : base(faults, match, time) => waiters = new(time);

    /// <summary>The sessions held now, as they were when they came.</summary>
    public IReadOnlyList<SmtpSessionInfo> Held => [.. held.Values];

    /// <summary>Waits until a session that matches is held; without <paramref name="match"/>, any.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<SmtpSessionInfo> WaitForHeldAsync(
        TimeSpan timeout, Func<SmtpSessionInfo, bool>? match = null, CancellationToken cancellationToken = default) =>
        waiters.WaitAsync(match ?? (_ => true), () => held.Values, timeout, () => $"{held.Count} sessions are held.", cancellationToken);

    /// <summary>Opens it for good: the sessions held go on, later ones pass.</summary>
    public void Release() => Dispose();

    internal override async ValueTask<FaultOutcome> ActAsync(SmtpSession session)
    {
        var info = session.Snapshot();
        held[info.Id] = info;
        try
        {
            await session.PauseAsync(async cancellationToken =>
            {
                waiters.Offer(info);
                await opened.Task.WaitAsync(cancellationToken);
            });
            return FaultOutcome.None;
        }
        finally
        {
            held.TryRemove(info.Id, out _);
        }
    }

    private protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        opened.TrySetResult();
    }
}
