using System.Net;
using System.Net.Sockets;
using Flasky.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Flasky.Tests.ServiceDefaults;

public sealed class FlaskyHostTests
{
    [Fact]
    public async Task TellsEveryMissingSettingInOneLineEach()
    {
        var (code, errors) = await RunAsync(static builder =>
        {
            builder.RequireConnectionString("redis", "localhost:6379,password=...");
            builder.RequireSetting("Flasky:BaseUrl", "https://flasky.example.com");
        });

        Assert.Equal(78, code);
        Assert.Collection(errors,
            static line => Assert.EndsWith("ConnectionStrings:redis is not set. Start Flasky through its AppHost, which sets it; or set it in the environment variable ConnectionStrings__redis or in appsettings.Production.json, like: localhost:6379,password=...", line, StringComparison.Ordinal),
            static line => Assert.Contains("Flasky:BaseUrl is not set", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NeverShowsAValueThatCannotBeRead()
    {
        var (code, errors) = await RunAsync(
            static builder => builder.RequireConnectionString("flaskydb", "Host=localhost;Database=flaskydb", static value => _ = new NpgsqlConnectionStringBuilder(value)),
            "--ConnectionStrings:flaskydb=Host=there;Pasword=hunter2");

        Assert.Equal(78, code);
        var line = Assert.Single(errors);
        Assert.Contains("ConnectionStrings:flaskydb is set but cannot be read", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task NothingRunsBeforeTheSettingsAreChecked()
    {
        var ran = false;
        var (code, _) = await RunAsync(static builder => builder.RequireConnectionString("redis", "..."), run: _ =>
        {
            ran = true;
            return Task.FromResult(0);
        });

        Assert.Equal((78, false), (code, ran));
    }

    [Fact]
    public async Task TellsThatADatabaseCannotBeReached()
    {
        const string Setting = "Host=127.0.0.1;Port=1;Username=nobody;Password=hunter2;Database=none";
        var (code, errors) = await RunAsync(
            static builder => builder.RequireConnectionString("flaskydb", "Host=..."),
            $"--ConnectionStrings:flaskydb={Setting}",
            run: async _ =>
            {
                await using var connection = new NpgsqlConnection(Setting);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                return 0;
            });

        Assert.Equal(69, code);
        Assert.EndsWith("cannot run: the database cannot be used: Failed to connect to 127.0.0.1:1: Connection refused (see ConnectionStrings:flaskydb)", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsThatAPortIsTaken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var errors = new StringWriter();
        var logged = new CountingProvider();

        var code = await FlaskyHost.RunAsync(
            () =>
            {
                var builder = WebApplication.CreateBuilder();
                builder.AddServiceDefaults();
                builder.Logging.ClearProviders().AddProvider(logged);
                builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
                return builder.Build();
            },
            run: null,
            errors);

        Assert.Equal(69, code);
        Assert.Contains($"Failed to bind to address http://127.0.0.1:{port}: address already in use.", Assert.Single(Lines(errors)), StringComparison.Ordinal);
        Assert.Equal(0, logged.Errors);
    }

    [Fact]
    public async Task AnUnforeseenErrorKeepsItsStackTrace()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(static _ => { }, run: static _ => throw new NotSupportedException("A bug.")));
    }

    [Fact]
    public async Task EndsWithZeroWhenTheWorkIsDone()
    {
        var (code, errors) = await RunAsync(static _ => { }, run: static _ => Task.FromResult(0));

        Assert.Equal(0, code);
        Assert.Empty(errors);
    }

    private static async Task<(int Code, string[] Errors)> RunAsync(
        Action<HostApplicationBuilder> configure, string? setting = null, Func<IHost, Task<int>>? run = null)
    {
        using var errors = new StringWriter();
        var code = await FlaskyHost.RunAsync(
            () =>
            {
                var builder = Host.CreateApplicationBuilder(setting is null ? [] : [setting]);
                builder.Logging.ClearProviders();
                builder.AddServiceDefaults();
                configure(builder);
                return builder.Build();
            },
            run,
            errors);
        return (code, Lines(errors));
    }

    private static string[] Lines(StringWriter errors) => errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class CountingProvider : ILoggerProvider, ILogger
    {
        public int Errors { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Errors += logLevel >= LogLevel.Error ? 1 : 0;

        public void Dispose()
        {
        }
    }
}
