using Flasky.Mailbox.Smtp;
using Flasky.Mailbox.Store;

namespace Flasky.Mailbox;

/// <summary>A fault in force. Safe for concurrent use.</summary>
public abstract class SmtpFault : IDisposable
{
    private readonly SmtpFaults faults;
    private readonly FaultMatch match;
    private readonly Waiters<object> waiters;
    private int hits;

    private protected SmtpFault(SmtpFaults faults, FaultMatch match, TimeProvider time)
    {
        this.faults = faults;
        this.match = match;
        waiters = new(time);
    }

    /// <summary>How many times it has applied.</summary>
    public int Hits => Volatile.Read(ref hits);

    /// <summary>Waits until it has applied <paramref name="count"/> times in all.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public Task WaitForHitsAsync(int count, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        waiters.WaitAsync(_ => Hits >= count, () => [this], timeout, () => $"The fault applied {Hits} times.", cancellationToken);

    /// <summary>Takes it out of force. Harmless when repeated.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    internal bool Takes(SmtpSessionInfo info)
    {
        if (!match.Takes(info)) return false;
        Interlocked.Increment(ref hits);
        waiters.Offer(this);
        return true;
    }

    internal abstract ValueTask<FaultOutcome> ActAsync(SmtpSession session);

    private protected virtual void Dispose(bool disposing) => faults.Remove(this);
}

internal sealed class ReplyFault(SmtpFaults faults, FaultMatch match, TimeProvider time, int code, string text)
    : SmtpFault(faults, match, time)
{
    internal override ValueTask<FaultOutcome> ActAsync(SmtpSession session)
    {
        session.Reply(code, text);
        var closes = code == SmtpReplies.Unavailable || session.Stage is SmtpStage.Connect or SmtpStage.Content;
        return ValueTask.FromResult(closes ? FaultOutcome.Closed : FaultOutcome.Replied);
    }
}

internal sealed class DelayFault(SmtpFaults faults, FaultMatch match, TimeProvider time, TimeSpan delay)
    : SmtpFault(faults, match, time)
{
    private readonly TimeProvider clock = time;

    internal override async ValueTask<FaultOutcome> ActAsync(SmtpSession session)
    {
        await session.PauseAsync(cancellationToken => Task.Delay(delay, clock, cancellationToken));
        return FaultOutcome.None;
    }
}

internal sealed class DropFault(SmtpFaults faults, FaultMatch match, TimeProvider time, bool reset)
    : SmtpFault(faults, match, time)
{
    internal override ValueTask<FaultOutcome> ActAsync(SmtpSession session)
    {
        if (reset) session.Reset();
        return ValueTask.FromResult(FaultOutcome.Closed);
    }
}
