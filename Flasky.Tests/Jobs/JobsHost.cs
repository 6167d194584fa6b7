using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs;

/// <summary>One application's producers and workers on keys of its own. Workers are hosts of their own, as in life.</summary>
/// <param name="redis">Where.</param>
/// <param name="prefix">Null: one of its own.</param>
/// <param name="enqueueTimeout">Null: long enough for a busy machine.</param>
public sealed class JobsHost(string redis, string? prefix = null, TimeSpan? enqueueTimeout = null) : IAsyncDisposable
{
    private readonly List<IHost> hosts = [];

    public string Prefix { get; } = prefix ?? NewPrefix();

    /// <summary>What every host of the application has besides the queue. To be set before the first use.</summary>
    public Action<HostApplicationBuilder>? Configure { get; set; }

    public IHost Producer => field ??= Add(_ => { });

    public IJobQueue Queue => Producer.Services.GetRequiredService<IJobQueue>();

    public IJobOperations Operations => Producer.Services.GetRequiredService<IJobOperations>();

    public IDatabase Redis => Producer.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

    public static string NewPrefix() => $"test-{Guid.NewGuid():N}";

    /// <summary>The configuration of every host of the application.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ConnectionStrings:redis"] = redis,
        ["Flasky:Jobs:KeyPrefix"] = Prefix,
        ["Flasky:Jobs:EnqueueTimeout"] = (enqueueTimeout ?? TimeSpan.FromSeconds(20)).ToString(),
    };

    internal JobKeys Keys(string queue = "default") => new(Prefix, queue);

    internal QueueStore Store(string consumer, string queue = "default") => new(Redis, Keys(queue), queue, consumer);

    /// <summary>Starts a worker with short times, so that tests need not wait for long ones.</summary>
    public async Task<IHost> StartWorkerAsync(Action<JobWorkerBuilder> configure, TimeSpan? shutdown = null)
    {
        var host = Add(builder =>
        {
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown ?? TimeSpan.FromSeconds(10));
            builder.AddJobWorker("redis", worker =>
            {
                worker.Configure(options =>
                {
                    options.Lease = TimeSpan.FromSeconds(1);
                    options.RetryDelay = TimeSpan.FromMilliseconds(20);
                });
                configure(worker);
            });
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Waits until so many workers have found nothing to do and been noted as idle.</summary>
    public Task WaitUntilIdleAsync(int workers = 1, string queue = "default") => WaitForIdleAsync(idle => idle >= workers, queue);

    /// <summary>Waits until no worker is noted as idle, so that no job is delivered to one.</summary>
    public Task WaitUntilNoneIdlesAsync() => WaitForIdleAsync(idle => idle == 0, "default");

    private async Task WaitForIdleAsync(Func<long, bool> enough, string queue)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        while (!enough(await Redis.SetLengthAsync(Keys(queue).Idle)))
            await Task.Delay(5, timeout.Token);
    }

    /// <summary>This application's keys, of every master of a cluster.</summary>
    public async Task<RedisKey[]> FindKeysAsync()
    {
        var servers = Redis.Multiplexer.GetEndPoints().Select(endPoint => Redis.Multiplexer.GetServer(endPoint));
        var listed = servers.Where(server => server.IsConnected).SelectMany(server => server.Keys(pattern: $"{{{Prefix}:*")).ToHashSet();
        // A replica may still list what its master has no more.
        var keys = await Task.WhenAll(listed.Select(async key => (key, Exists: await Redis.KeyExistsAsync(key))));
        return [.. keys.Where(found => found.Exists).Select(found => found.key)];
    }

    /// <summary>Makes every server forget all scripts, as a restart does.</summary>
    public async Task ForgetScriptsAsync()
    {
        using var admin = await ConnectAdminAsync();
        foreach (var endPoint in admin.GetEndPoints())
            await admin.GetServer(endPoint).ScriptFlushAsync();
    }

    /// <summary>A connection that may flush scripts. The caller's to dispose.</summary>
    public Task<ConnectionMultiplexer> ConnectAdminAsync() => ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true");

    /// <summary>A host that is not started: for tests that play with its parts.</summary>
    public IHost Build(Action<HostApplicationBuilder> configure) => Add(configure);

    private IHost Add(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.AddFlaskyJobs("redis");
        Configure?.Invoke(builder);
        configure(builder);
        var host = builder.Build();
        hosts.Add(host);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.ToArray())
            await host.StopAsync(CancellationToken.None);
        if (Redis.Multiplexer.IsConnected)
        {
            var directory = new DirectoryKeys(Prefix);
            var keys = (await FindKeysAsync()).Concat([directory.Queues, directory.Workers, directory.WorkerInfo]);
            await Task.WhenAll(keys.Select(key => Redis.KeyDeleteAsync(key)));
        }
        // The client takes a second to close its connection, so close them side by side.
        await Task.WhenAll(hosts.Select(host => Task.Run(host.Dispose)));
    }
}

internal static class HostRedis
{
    public static IConnectionMultiplexer Redis(this IHost host) => host.Services.GetRequiredService<IConnectionMultiplexer>();
}
