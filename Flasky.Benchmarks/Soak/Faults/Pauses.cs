namespace Flasky.Benchmarks.Soak.Faults;

/// <summary>The time between two faults.</summary>
internal static class Pauses
{
    /// <returns>False when <paramref name="end"/> came first.</returns>
    public static async Task<bool> PauseAsync(this Random random, double leastSeconds, double mostSeconds, CancellationToken end)
    {
        await Task.Delay(TimeSpan.FromSeconds(leastSeconds + (random.NextDouble() * (mostSeconds - leastSeconds))), end)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !end.IsCancellationRequested;
    }
}
