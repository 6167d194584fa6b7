using System.Diagnostics;

namespace Flasky.Benchmarks.Web.Load;

/// <param name="Rate">Times a second.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Measured(double Rate, double P99)
{
    /// <summary>Does something again and again, so many at once.</summary>
    /// <param name="concurrency">How many.</param>
    /// <param name="duration">How long; what has begun is finished.</param>
    /// <param name="once">What to do; it is told which of the many does it.</param>
    public static async Task<Measured> OfAsync(int concurrency, TimeSpan duration, Func<int, ValueTask> once)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(i => Task.Run(() => RepeatAsync(i))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        double[] all = [.. times.SelectMany(time => time)];
        return new Measured(all.Length / elapsed.TotalSeconds, Reporting.Samples.Percentile(all, 99));

        async Task<List<double>> RepeatAsync(int i)
        {
            var taken = new List<double>(16 * 1024);
            for (var before = started; Stopwatch.GetElapsedTime(started) < duration;)
            {
                before = Stopwatch.GetTimestamp();
                await once(i);
                taken.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
            return taken;
        }
    }
}
