using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Jobs.Context;

/// <summary>Keeps what a host logs, with the scopes around it.</summary>
internal sealed class ScopedLogLines(ConcurrentQueue<string> lines) : ILoggerProvider, ISupportExternalScope, ILogger
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        scopes.ForEachScope((scope, _) => line += $" => {scope}", state);
        lines.Enqueue(line);
    }

    public void Dispose()
    {
    }
}
