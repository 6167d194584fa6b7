using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Flasky.ServiceDefaults.Health;

/// <summary>Logs one line, without a stack trace, whenever a check's status changes; a console host has no other way to show its health.</summary>
internal sealed partial class HealthLog(ILogger<HealthLog> logger) : IHealthCheckPublisher
{
    /// <summary>Long enough for a server that is busy; shorter than what an asker waits (the AppHost and the cloud: seconds).</summary>
    internal static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, HealthStatus> last = new(StringComparer.Ordinal);

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in report.Entries)
        {
            var before = last.TryGetValue(name, out var status) ? status : HealthStatus.Healthy;
            last[name] = entry.Status;
            if (entry.Status == before)
            {
                continue;
            }
            if (entry.Status == HealthStatus.Healthy)
            {
                LogRecovered(name);
            }
            else
            {
                LogFailed(name, entry.Status, Reason(entry));
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>The cause that a person can act on: what the socket said, or else the innermost error.</summary>
    private static string Reason(HealthReportEntry entry)
    {
        if (entry.Exception is OperationCanceledException)
        {
            return $"no answer within {CheckLimit.TotalSeconds} s";
        }
        for (var e = entry.Exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException or { InnerException: null })
            {
                return e == entry.Exception ? e.Message : $"{entry.Exception!.Message} ({e.Message})";
            }
        }
        return entry.Description ?? "the check gave no reason";
    }

    [LoggerMessage(LogLevel.Information, "Health check {Name} passes again")]
    private partial void LogRecovered(string name);

    [LoggerMessage(LogLevel.Warning, "Health check {Name} is {Status}: {Reason}")]
    private partial void LogFailed(string name, HealthStatus status, string reason);
}
