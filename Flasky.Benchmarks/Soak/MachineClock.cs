using System.Diagnostics;

namespace Flasky.Benchmarks.Soak;

/// <summary>The machine's monotonic clock, which all processes share and nobody sets.</summary>
internal static class MachineClock
{
    /// <summary>Time since the machine started.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
}
