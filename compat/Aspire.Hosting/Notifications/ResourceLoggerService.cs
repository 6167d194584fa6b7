using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line that a resource wrote.</summary>
/// <param name="LineNumber">Its number, from 1.</param>
/// <param name="Content">The line.</param>
/// <param name="IsErrorMessage">Whether it came by the error stream.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the last lines that resources wrote. Thread-safe.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> logs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes into a resource's log.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    /// <summary>Writes into a resource's log.</summary>
    public ILogger GetLogger(string resourceName) => Log(resourceName);

    /// <summary>The lines so far and those to come, until the resource or the application ends.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <summary>The lines so far and those to come, until the resource or the application ends.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Log(resourceName).WatchAsync();

    /// <summary>Ends all watches.</summary>
    public void Dispose()
    {
        foreach (var log in logs.Values)
            log.Complete();
        GC.SuppressFinalize(this);
    }

    internal ResourceLog Log(string resourceName) => logs.GetOrAdd(resourceName, _ => new ResourceLog());
}
