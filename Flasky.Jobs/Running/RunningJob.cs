using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>Why a running job is to stop.</summary>
internal enum StopReason
{
    None,

    /// <summary>The worker stops; another one runs the job.</summary>
    Stopping,

    /// <summary>Another worker owns the job now.</summary>
    LeaseLost,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>It ran longer than it may.</summary>
    TimedOut,
}

/// <summary>A job between hand-out and settlement. Thread-safe.</summary>
internal sealed class RunningJob(ClaimedJob claimed) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private int reason;
    private int leaseLost;
    private long leaseEnd = long.MaxValue;
    private bool settling;

    public ClaimedJob Claimed { get; } = claimed;

    /// <summary>Cancelled when the job is to stop.</summary>
    public CancellationToken Token => cancellation.Token;

    /// <summary>The first reason there was.</summary>
    public StopReason StopReason => (StopReason)Volatile.Read(ref reason);

    /// <summary>Whether its outcome is being recorded: Redis may have let go of it already, which is no lost lease.</summary>
    public bool Settling { get => Volatile.Read(ref settling); set => Volatile.Write(ref settling, value); }

    /// <summary>What its handler threw. Null: nothing, or it has not run yet.</summary>
    public Exception? Error { get; set; }

    /// <summary>Whether another worker owns the job now. It must not be settled any more.</summary>
    public bool LeaseLost => Volatile.Read(ref leaseLost) != 0;

    /// <summary>The timestamp up to which the job is this worker's without doubt; each renewal moves it on. Default: for ever, as without Redis.</summary>
    public long LeaseEnd { get => Interlocked.Read(ref leaseEnd); set => Interlocked.Exchange(ref leaseEnd, value); }

    /// <returns>True the first time.</returns>
    public bool LoseLease()
    {
        if (Interlocked.Exchange(ref leaseLost, 1) != 0)
            return false;
        Stop(StopReason.LeaseLost);
        return true;
    }

    public void Stop(StopReason why)
    {
        if (Interlocked.CompareExchange(ref reason, (int)why, (int)StopReason.None) != (int)StopReason.None)
            return;
        try
        {
            // Not awaited: a handler's own callbacks must not hold up the heartbeat of other jobs.
            _ = cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was settled in the meantime: there is nothing left to cancel.
        }
    }

    public void Dispose() => cancellation.Dispose();
}
