using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.ServiceDefaults;

public sealed class HealthLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConsoleHostLogsEachChangeOnce()
    {
        var results = new Queue<Func<HealthCheckResult>>(
        [
            static () => throw new IOException("Failed to connect to 127.0.0.1:1", new SocketException((int)SocketError.ConnectionRefused)),
            static () => throw new IOException("Failed to connect to 127.0.0.1:1", new SocketException((int)SocketError.ConnectionRefused)),
            static () => HealthCheckResult.Healthy(),
            static () => HealthCheckResult.Unhealthy("out of space"),
        ]);
        var log = new Lines();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddCheck("server", () => results.Count > 1 ? results.Dequeue()() : results.Peek()());
        builder.Services.Configure<HealthCheckPublisherOptions>(static options => options.Period = TimeSpan.FromSeconds(1));
        using var host = builder.Build();
        await host.StartAsync(Token);

        Assert.Equal("Health check server is Unhealthy: Failed to connect to 127.0.0.1:1 (Connection refused)", await log.NextAsync());
        Assert.Equal("Health check server passes again", await log.NextAsync());
        Assert.Equal("Health check server is Unhealthy: out of space", await log.NextAsync());
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public Task<string> NextAsync() => lines.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);

        public ILogger CreateLogger(string categoryName) => categoryName.EndsWith("HealthLog", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Writer.TryWrite(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
