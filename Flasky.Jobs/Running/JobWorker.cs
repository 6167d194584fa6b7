using Flasky.Jobs.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Running;

/// <summary>Runs the jobs of every queue that a registered handler belongs to, for as long as the host lives.</summary>
internal sealed partial class JobWorker(
    Lazy<IConnectionMultiplexer> redis,
    JobRegistry registry,
    JobRunner runner,
    IOptions<FlaskyJobsOptions> jobs,
    IOptions<JobWorkerOptions> options,
    IOptions<HostOptions> host,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<JobWorker> logger) : BackgroundService
{
    /// <summary>Part of the host's shutdown time kept for handing jobs back.</summary>
    private static readonly TimeSpan HandBackTime = TimeSpan.FromSeconds(4);

    // Random, because a process that restarts with an old name would own what its predecessor lost.
    private readonly string consumer = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";

    private QueueConsumer[] consumers = [];

    /// <summary>This worker's name in Redis.</summary>
    public string Consumer => consumer;

    /// <summary>Jobs it holds now.</summary>
    public int Running => consumers.Sum(queue => queue.Running);

    /// <summary>The longest time any queue has gone without an answer from Redis. Zero before the worker has started.</summary>
    public TimeSpan SinceLastAnswer => consumers.Select(queue => queue.SinceLastAnswer).DefaultIfEmpty().Max();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A host stops its services one after another; jobs are not to be taken while others are still at it.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stop = stopping.Token;
        var slots = new Slots(options.Value.Concurrency);
        var stores = registry.Queues.ToDictionary(queue => queue,
            queue => new QueueStore(redis.Value.GetDatabase(), new JobKeys(jobs.Value.KeyPrefix, queue), queue, consumer), StringComparer.Ordinal);
        var queues = stores.ToDictionary(store => store.Key, store => NewConsumer(store.Key, store.Value, slots), StringComparer.Ordinal);
        consumers = [.. queues.Values];
        LogStarted(string.Join(", ", queues.Keys), options.Value.Concurrency, consumer);

        using var giveUp = new CancellationTokenSource();
        await using var _ = stop.UnsafeRegister(source => ((CancellationTokenSource)source!).CancelAfter(DrainTime), giveUp).ConfigureAwait(false);
        foreach (var (queue, store) in stores)
            await ListenAsync(store, queues[queue]).ConfigureAwait(false);
        await Task.WhenAll(consumers.Select(queue => queue.RunAsync(stop, giveUp.Token))).ConfigureAwait(false);
        foreach (var store in stores.Values)
            await LeaveAsync(store).ConfigureAwait(false);
        LogStopped(consumer);
    }

    private TimeSpan DrainTime =>
        host.Value.ShutdownTimeout > 2 * HandBackTime ? host.Value.ShutdownTimeout - HandBackTime : host.Value.ShutdownTimeout / 2;

    private QueueConsumer NewConsumer(string queue, QueueStore store, Slots slots)
    {
        var guard = new RedisGuard(store, options.Value.Lease / 3, queue, time, logger);
        var clock = new RedisClock(time);
        var fetcher = new JobFetcher(queue, store, guard, clock, options.Value, time, logger);
        return new QueueConsumer(queue, store, guard, clock, fetcher, runner, slots, new SlotShare(options.Value.WeightOf(queue)), options.Value, time, logger);
    }

    private async Task ListenAsync(QueueStore store, QueueConsumer consumer)
    {
        try
        {
            var subscriber = redis.Value.GetSubscriber();
            await Task.WhenAll(
                subscriber.SubscribeAsync(new RedisChannel(store.Bell, RedisChannel.PatternMode.Literal), (_, message) => consumer.Ring(message)),
                subscriber.SubscribeAsync(new RedisChannel(store.CancelChannel, RedisChannel.PatternMode.Literal), (_, id) => consumer.Cancel(id!)))
                .WaitAsync(options.Value.Lease, time).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage())
        {
            // The client keeps the subscription and makes it when it connects; until then the poll finds the jobs.
            LogNotListening(e.Message);
        }
    }

    private async Task LeaveAsync(QueueStore store)
    {
        try
        {
            await store.RemoveConsumersAsync(leaving: true).WaitAsync(TimeSpan.FromSeconds(1), time).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage())
        {
            // An empty consumer costs a few bytes; another worker removes it when it has been idle for a day.
            LogNotLeft(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Running jobs of {Queues} with concurrency {Concurrency} as {Consumer}")]
    private partial void LogStarted(string queues, int concurrency, string consumer);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped running jobs as {Consumer}")]
    private partial void LogStopped(string consumer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not listening for new jobs yet ({Problem}); looking every poll interval until Redis answers")]
    private partial void LogNotListening(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Could not take leave of Redis ({Problem}); nothing is lost by it")]
    private partial void LogNotLeft(string problem);
}
