using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Flasky.Compat.Tests.Clients;

public sealed class RedisClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UsesTheConnectionStringOfThatName()
    {
        await using var server = await RedisServer.StartedAsync(Token);
        using var host = Build(server.ConnectionString);

        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("greeting", "hello");

        Assert.Equal("hello", await database.StringGetAsync("greeting"));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public void NamesTheMissingConnectionString()
    {
        using var host = Build(connectionString: null);

        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());

        Assert.Contains("ConnectionStrings:redis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSectionAndTheCallersHaveTheirSay()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { Args = ["--Aspire:StackExchange:Redis:ConnectionString=one:1", "--Aspire:StackExchange:Redis:ConfigurationOptions:ConnectRetry=7"] });
        builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true, options => options.ClientName = "me");
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ConfigurationOptions>>().Value;

        Assert.Equal(7, options.ConnectRetry);
        Assert.Equal("me", options.ClientName);
        Assert.False(options.AbortOnConnectFail);
        Assert.Single(options.EndPoints);
    }

    [Fact]
    public void AConnectionStringMayAskToFailAtOnce()
    {
        using var host = Build("127.0.0.1:1,abortConnect=true,connectRetry=1,connectTimeout=500");

        Assert.Throws<RedisConnectionException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [Fact]
    public async Task ConnectsWhenTheServerComesAfterTheClient()
    {
        await using var server = new RedisServer();
        using var host = Build(server.ConnectionString);
        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.False(redis.IsConnected);

        var restored = Restored(redis);
        await server.StartAsync(Token);
        await restored.WaitAsync(Patience, Token);

        await AnswersAsync(redis);
    }

    [Fact]
    public async Task ReconnectsEachTimeTheServerComesBack()
    {
        await using var server = await RedisServer.StartedAsync(Token);
        using var host = Build(server.ConnectionString);
        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();

        for (var i = 0; i < 3; i++)
        {
            var restored = Restored(redis);
            await server.KillAsync();
            await Assert.ThrowsAnyAsync<RedisException>(() => redis.GetDatabase().PingAsync());
            Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
            await server.StartAsync(Token);
            await restored.WaitAsync(Patience, Token);
            await AnswersAsync(redis);
        }
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task AServerThatHangsIsUnhealthy()
    {
        await using var server = await RedisServer.StartedAsync(Token);
        using var host = Build(server.ConnectionString);
        await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync();

        await server.FreezeAsync(Token);

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task AWrongPasswordIsTold()
    {
        await using var server = await RedisServer.StartedAsync(Token);
        using var host = Build($"127.0.0.1:{server.Port},password=wrong-one");

        // A check before the server has refused the password says only that there is no connection.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        HealthReportEntry entry;
        do
        {
            entry = await CheckAsync(host);
            Assert.Equal(HealthStatus.Unhealthy, entry.Status);
            Assert.DoesNotContain("wrong-one", entry.Exception!.ToString(), StringComparison.Ordinal);
        }
        while (!entry.Exception!.Message.Contains("password", StringComparison.Ordinal) && await retry.WaitForNextTickAsync(limit.Token));
    }

    private static IHost Build(string? connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { Args = connectionString is null ? [] : [$"--ConnectionStrings:redis={connectionString}"] });
        builder.AddRedisClient("redis");
        return builder.Build();
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        return report.Entries["StackExchange.Redis"];
    }

    /// <summary>The client lets commands through at the first heartbeat (one a second) after the connection is back; it gives no signal of that.</summary>
    private static async Task AnswersAsync(IConnectionMultiplexer redis)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await retry.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                await redis.GetDatabase().PingAsync().WaitAsync(limit.Token);
                return;
            }
            catch (RedisConnectionException)
            {
                continue;
            }
        }
    }

    /// <summary>Completes when the connection for commands is back.</summary>
    private static Task Restored(IConnectionMultiplexer redis)
    {
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionRestored += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive)
            {
                restored.TrySetResult();
            }
        };
        return restored.Task;
    }
}
