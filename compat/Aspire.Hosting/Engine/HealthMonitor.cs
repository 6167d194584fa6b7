using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>Runs the health checks of a resource while it runs.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, StateWriter states, EngineConsole console, TimeProvider time)
{
    // Soon after the start, so that dependents need not wait; rarely once all is well.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestUnhealthyDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthyDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Returns when cancelled, and says whether it was ever healthy.</summary>
    internal async Task<bool> WatchAsync(Replica replica, CancellationToken cancellationToken)
    {
        var keys = replica.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        if (keys.Count == 0)
            return true;

        var delay = FirstDelay;
        bool? healthy = null;
        try
        {
            while (true)
            {
                var report = await CheckAsync(keys, cancellationToken);
                states.WriteHealth(replica, [.. report.Entries.Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()))]);
                Tell(replica, report, ref healthy);
                delay = healthy == true ? HealthyDelay : Min(delay * 2, LongestUnhealthyDelay);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return healthy is not null;
        }
    }

    private async Task<HealthReport> CheckAsync(HashSet<string> keys, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            var entry = new HealthReportEntry(HealthStatus.Unhealthy, $"No answer within {CheckTimeout.TotalSeconds:0} s.", CheckTimeout, late, data: null);
            return new HealthReport(keys.ToDictionary(key => key, _ => entry), CheckTimeout);
        }
    }

    private void Tell(Replica replica, HealthReport report, ref bool? healthy)
    {
        var now = report.Status == HealthStatus.Healthy;
        if (now && healthy != true)
            console.Say(replica.Label, "is healthy.");
        else if (!now && healthy == true)
            console.Problem(replica.Label, $"is unhealthy: {string.Join("; ", report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).Select(entry => entry.Description ?? entry.Exception?.Message))}");
        // The first checks fail while a server starts; only a change from well to unwell is news.
        healthy = now || healthy is not null ? now : null;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
