using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Engine;

/// <summary>Healthy while an http endpoint answers with the expected status.</summary>
internal sealed class HttpHealthCheck(IHttpClientFactory clients, EndpointReference endpoint, string? path, int expectedStatus) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var url = new Uri(new Uri(endpoint.Url), path ?? "/");
        using var client = clients.CreateClient();
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            return (int)response.StatusCode == expectedStatus
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode} instead of {expectedStatus}.");
        }
        catch (HttpRequestException problem)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer: {problem.Message}", problem);
        }
    }
}

/// <summary>Healthy while the server answers PING with the password that clients get.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancellationToken);
            var password = await redis.PasswordParameter!.GetValueAsync(cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password!)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"), cancellationToken);
            using var reader = new StreamReader(stream);
            var authenticated = await reader.ReadLineAsync(cancellationToken);
            var pong = await reader.ReadLineAsync(cancellationToken);
            return authenticated == "+OK" && pong == "+PONG"
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"Redis refuses to work: {(authenticated == "+OK" ? pong : authenticated)?.TrimStart('-')}");
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy($"Redis did not answer: {problem.Message}", problem);
        }
    }
}

/// <summary>Healthy while a login succeeds with the connection string that clients get.</summary>
internal sealed class PostgresHealthCheck(ReferenceExpression connectionString) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await Postgres.ConnectAsync(connectionString, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException problem)
        {
            return HealthCheckResult.Unhealthy($"PostgreSQL did not answer: {problem.Message}", problem);
        }
    }
}
