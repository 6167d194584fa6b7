using Flasky.Jobs.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Flasky.Jobs.Hosting;

/// <summary>Unhealthy when a queue has had no answer from Redis for long: the worker makes no progress.</summary>
internal sealed class JobWorkerHealthCheck(JobWorker worker) : IHealthCheck
{
    /// <summary>Long enough for a Redis restart or failover, which the worker survives by itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silence = worker.SinceLastAnswer;
        return Task.FromResult(silence < Limit
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"No answer from Redis for {silence.TotalSeconds:F0} seconds."));
    }
}
