namespace Flasky.Benchmarks.Queue;

/// <summary>The names of the figures, in the order of the report.</summary>
internal static class Names
{
    public const string Pace = "this machine's pace";
    public const string OneByOne = "enqueue, one caller, awaited";
    public const string OneByOneBound = "  the bound: one awaited XADD after another";
    public const string Concurrent = "enqueue, 100 callers";
    public const string Bulk = "enqueue, many at once";
    public const string BulkBound = "  the bound: XADD, pipelined";
    public const string Drain = "drain, concurrency 64";
    public const string DrainBound = "  the bound: XREADGROUP, XACK, XDEL by 100";
    public const string Both = "enqueue and drain at once";
    public const string Latency = "start latency, idle worker";
    public const string Bytes = "Redis memory a queued job";
    public const string Commands = "Redis commands a job, drain";
    public const string RedisTime = "Redis time a job, drain";
    public const string IdleCommands = "commands of an idle worker";
    public const string IdleCpu = "processor time of an idle worker";
    public const string IdleMemory = "worker's resident memory, idle";
    public const string LoadMemory = "worker's resident memory, peak";
    public const string Backlog = "cost a job, backlog of 1M against 10k";
    public const string Growth = "growth of the worker's memory over 1M jobs";
    public const string Scheduled = "schedule delayed jobs";
    public const string Lateness = "lateness of delayed jobs";
    public const string Early = "delayed jobs that started early";
    public const string AtOnce = "100,000 due at one instant, until all have started";
    public const string Killed = "worker killed amid 200 jobs, until all are done";
    public const string KilledShort = "  the same with a lease of 1 s";
    public const string Lost = "  jobs lost";
    public const string RunAgain = "  jobs run again though they were not running";
    public const string AotMemory = "native AOT worker's resident memory, idle";
}
