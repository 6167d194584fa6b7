using Flasky.Jobs;
using Flasky.Tests.Topologies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Jobs.Operations;

public sealed class EvictionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task AWorkerDoesNotStartOnARedisThatMayDropJobs(string policy)
    {
        await using var redis = await RedisProcess.StartAsync(["--maxmemory-policy", policy], Cancellation);
        await using var app = new JobsHost(redis.EndPoint);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartWorkerAsync(worker => worker.Handle<Note, NoteHandler>()));
        Assert.Contains($"has maxmemory-policy {policy}", error.Message, StringComparison.Ordinal);
        Assert.Contains("CONFIG SET maxmemory-policy noeviction", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASchedulerDoesNotStartThereEither()
    {
        await using var redis = await RedisProcess.StartAsync(["--maxmemory-policy", "allkeys-lfu"], Cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:redis", (string?)redis.EndPoint)]);
        builder.AddJobScheduler("redis", scheduler => scheduler.Queue("default"));
        using var host = builder.Build();
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
    }

    [Fact]
    public async Task AProducerWarnsAndGoesOnAndAWorkerDoesWhenItIsAllowed()
    {
        await using var redis = await RedisProcess.StartAsync(["--maxmemory-policy", "allkeys-lru"], Cancellation);
        var lines = new Warnings();
        await using var app = new JobsHost(redis.EndPoint) { Configure = builder => builder.Logging.AddProvider(lines) };
        await app.Queue.EnqueueAsync(new Note("all the same"), cancellationToken: Cancellation);
        await lines.WaitForAsync("may drop jobs");

        app.Configure = builder => builder.Services.Configure<FlaskyJobsOptions>(options => options.RefuseEviction = false);
        var runs = new Runs();
        await app.StartWorkerAsync(worker =>
        {
            worker.Services.AddSingleton(runs).AddScoped<ScopeMarker>();
            worker.Handle<Note, NoteHandler>();
        });
        Assert.Equal("all the same", (await runs.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task AServerThatDoesNotTellIsTrusted()
    {
        await using var redis = await RedisProcess.StartAsync(["--rename-command", "INFO", "''"], Cancellation);
        var lines = new Warnings();
        await using var app = new JobsHost(redis.EndPoint) { Configure = builder => builder.Logging.AddProvider(lines) };
        await app.StartWorkerAsync(worker => worker.Handle<Note, NoteHandler>());
        await lines.WaitForAsync("does not tell its maxmemory-policy");
    }
}
