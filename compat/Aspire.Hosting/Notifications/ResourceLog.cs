using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines that one resource wrote. Thread-safe.</summary>
internal sealed class ResourceLog : ILogger
{
    // As many as the real packages keep; a page of a console is 50.
    private const int KeptLines = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<LogLine> kept = new();
    private readonly HashSet<Channel<LogLine>> watchers = [];
    private int count;
    private bool completed;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add(formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception), logLevel >= LogLevel.Error);

    internal void Add(string content, bool isError)
    {
        lock (gate)
        {
            var line = new LogLine(++count, content, isError);
            kept.Enqueue(line);
            if (kept.Count > KeptLines)
                kept.Dequeue();
            foreach (var watcher in watchers)
                watcher.Writer.TryWrite(line);
        }
    }

    internal IReadOnlyList<LogLine> Last(int lines)
    {
        lock (gate)
            return [.. kept.TakeLast(lines)];
    }

    internal void Complete()
    {
        lock (gate)
        {
            completed = true;
            foreach (var watcher in watchers)
                watcher.Writer.TryComplete();
        }
    }

    internal async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        lock (gate)
        {
            foreach (var line in kept)
                channel.Writer.TryWrite(line);
            if (completed)
                channel.Writer.TryComplete();
            else
                watchers.Add(channel);
        }

        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
                yield return [line];
        }
        finally
        {
            lock (gate)
                watchers.Remove(channel);
        }
    }
}
