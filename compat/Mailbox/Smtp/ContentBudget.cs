namespace Flasky.Mailbox.Smtp;

/// <summary>Bounds the bytes that all sessions together hold of messages not complete yet. Safe for concurrent use.</summary>
internal sealed class ContentBudget(long maxBytes)
{
    private long used;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= maxBytes) return true;
        Interlocked.Add(ref used, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref used, -bytes);
}
