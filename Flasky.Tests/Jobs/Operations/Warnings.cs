using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Jobs.Operations;

/// <summary>Keeps what hosts warn of, for tests to wait on. Thread-safe.</summary>
internal sealed class Warnings : ILoggerProvider, ILogger
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    public async Task WaitForAsync(string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await lines.Reader.ReadAsync(timeout.Token)).Contains(text, StringComparison.Ordinal))
        {
            // Another warning: not the one.
        }
    }

    /// <summary>What there was to hear so far and nobody has waited for.</summary>
    public IReadOnlyList<string> Heard()
    {
        var heard = new List<string>();
        while (lines.Reader.TryRead(out var line))
            heard.Add(line);
        return heard;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Writer.TryWrite(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
