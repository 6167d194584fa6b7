using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Flasky.ServiceDefaults.Health;

/// <summary>
/// Runs a set of checks at most once in two seconds, however many ask, and once at a time. A run that takes more than eight
/// seconds counts as unhealthy. Safe for concurrent use.
/// </summary>
internal sealed class SharedHealthReport(
    HealthCheckService health, IHostApplicationLifetime lifetime, IServiceProvider services, Func<HealthCheckRegistration, bool> checks)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    // For a check that does not heed its own limit, which is shorter.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly Lock gate = new();
    private Task<HealthStatus>? run;
    private long startedAt;

    /// <summary>The checks' worst status, from a run that is under way or younger than two seconds, or else from a new one.</summary>
    internal Task<HealthStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (run is null || (run.IsCompleted && time.GetElapsedTime(startedAt) >= Lifetime))
            {
                startedAt = time.GetTimestamp();
                run = Task.Run(RunAsync, CancellationToken.None);
            }
            return run.WaitAsync(cancellationToken);
        }
    }

    // With a token of its own: the first to ask may go away while others wait.
    private async Task<HealthStatus> RunAsync()
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping);
        try
        {
            var report = await health.CheckHealthAsync(checks, either.Token).WaitAsync(either.Token);
            return report.Status;
        }
        catch (OperationCanceledException)
        {
            return HealthStatus.Unhealthy;
        }
    }
}
