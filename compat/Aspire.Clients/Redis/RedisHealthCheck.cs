using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Healthy when every server of the connection answers a PING.</summary>
internal sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Asked for here, not in the constructor: the first one to ask connects, and a failure to is the check's result.
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            var timeout = TimeSpan.FromMilliseconds(redis.TimeoutMilliseconds);
            foreach (var endpoint in redis.GetEndPoints(configuredOnly: true))
            {
                // This version of the client never times an unanswered asynchronous command out.
                await redis.GetServer(endpoint).PingAsync().WaitAsync(timeout, cancellationToken);
            }
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or InvalidOperationException or ArgumentException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception: e);
        }
    }
}
