namespace Flasky.Jobs.Running;

/// <summary>Redis's clock as far as this process knows it: times that several machines compare are told by one clock. Thread-safe.</summary>
internal sealed class RedisClock(TimeProvider time)
{
    private long aheadTicks;

    /// <summary>Now, by Redis's clock; by this machine's until Redis has told.</summary>
    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Interlocked.Read(ref aheadTicks));

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref aheadTicks, (now - time.GetUtcNow()).Ticks);
}
