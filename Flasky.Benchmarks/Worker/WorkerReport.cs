namespace Flasky.Benchmarks.Worker;

/// <summary>What the worker process says of itself.</summary>
/// <param name="Count">Jobs started since the last reset.</param>
/// <param name="First">When the first of them started, by the machine's monotonic clock.</param>
/// <param name="LatenciesMs">From the moment each job should have started until it did.</param>
/// <param name="Commands">Redis commands sent since the worker was started, a script being one.</param>
/// <param name="ResidentMb">Resident memory now.</param>
/// <param name="PeakMb">The most it ever was.</param>
/// <param name="CpuMs">Processor time of the process so far.</param>
internal sealed record WorkerReport(
    int Count, long First, double[] LatenciesMs, long Commands, double ResidentMb, double PeakMb, double CpuMs);
