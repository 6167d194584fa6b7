namespace Flasky.Benchmarks.Soak.Faults;

internal enum FaultKind
{
    WorkerKilled,
    WorkerStopped,
    WorkerTerminated,
    ProducerKilled,
    RedisKilled,
    RedisLostUnsynced,
    RedisStopped,
    ConnectionsCut,
}

/// <summary>Something that was done to the system. Times are of <see cref="MachineClock"/>.</summary>
/// <param name="From">Just before it was done.</param>
/// <param name="Until">When it was over: the process continued, Redis ready again.</param>
/// <param name="Process">The one it was done to; 0: Redis.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan From, TimeSpan Until, int Process = 0)
{
    public bool IsOfRedis => Process == 0;

    /// <summary>Whether Redis may have come back without its last moments.</summary>
    public bool MayLose => Kind is FaultKind.RedisKilled or FaultKind.RedisLostUnsynced;
}
