using System.Diagnostics;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Worker;
using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Queue;

/// <summary>What every workload of a run shares: the server, a producer, and where the results go.</summary>
internal sealed class Bench(OwnRedis redis, QueueOptions options) : IDisposable
{
    private readonly IHost producer = BenchmarkHost.NewBuilder(redis.ConnectionString).Build();

    public OwnRedis Redis => redis;

    public QueueOptions Options => options;

    public Samples Samples { get; } = new();

    public JobKeys Keys { get; } = new(BenchmarkHost.KeyPrefix, "default");

    public IJobQueue Queue => producer.Services.GetRequiredService<IJobQueue>();

    /// <summary>On the producer's own connection, so that the bound is that of the same client with the same settings.</summary>
    public RawStream Raw => field ??= new(producer.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase(), new string('x', BenchmarkJob.Bytes));

    /// <summary>Enqueues as fast as the queue allows.</summary>
    public Task FillAsync(int jobs) => Queue.EnqueueManyAsync(Enumerable.Range(0, jobs).Select(_ => BenchmarkJob.New()));

    /// <summary>Notes how many jobs a second the work did.</summary>
    public async Task RateAsync(string name, int jobs, Func<Task> work)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await work();
        Samples.Add(name, jobs / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Waits until every job has been settled.</summary>
    public async Task SettledAsync(CancellationToken cancellationToken)
    {
        while ((long)await redis.Database.ExecuteAsync("XLEN", Keys.Ready()) > 0)
            await Task.Delay(2, cancellationToken);
    }

    /// <summary>Waits until the worker has found nothing to do and been noted as idle.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        while (await redis.Database.SetLengthAsync(Keys.Idle) == 0)
            await Task.Delay(1, cancellationToken);
    }

    public void Dispose() => producer.Dispose();
}
