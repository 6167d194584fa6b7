using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>A job between hand-out and settlement. Thread-safe.</summary>
internal sealed class RunningJob(ClaimedJob claimed) : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private int leaseLost;
    private bool settling;

    public ClaimedJob Claimed { get; } = claimed;

    /// <summary>Cancelled when the lease is lost or the worker must stop.</summary>
    public CancellationToken Token => cancellation.Token;

    /// <summary>The run, until its outcome is on its way to Redis. Never faults.</summary>
    public Task Run { get; set; } = Task.CompletedTask;

    /// <summary>Whether its outcome is being recorded: Redis may have let go of it already, which is no lost lease.</summary>
    public bool Settling { get => Volatile.Read(ref settling); set => Volatile.Write(ref settling, value); }

    /// <summary>Whether another worker owns the job now. It must not be settled any more.</summary>
    public bool LeaseLost => Volatile.Read(ref leaseLost) != 0;

    /// <returns>True the first time.</returns>
    public bool LoseLease()
    {
        if (Interlocked.Exchange(ref leaseLost, 1) != 0)
            return false;
        Cancel();
        return true;
    }

    public void Cancel()
    {
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
