using Flasky.Jobs.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Limits;

/// <summary>
/// Writes the declared limits to Redis before the worker of the same process begins, and again should Redis lose them. While Redis
/// is away the start goes on: no worker gets a job then.
/// </summary>
internal sealed partial class LimitsKeeper(
    Lazy<IConnectionMultiplexer> redis, DeclaredLimits declared, IOptions<FlaskyJobsOptions> options, TimeProvider time, ILogger<LimitsKeeper> logger) : BackgroundService
{
    /// <summary>How often to see whether they are there: one short command a queue.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>How soon to try again while Redis does not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private bool written;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        written = await TryWriteAsync(starting: true, cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var answered = written;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(answered ? LookInterval : Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            answered = await TryWriteAsync(starting: !written, stoppingToken).ConfigureAwait(false);
            written |= answered;
        }
    }

    private async Task<bool> TryWriteAsync(bool starting, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(declared.ByQueue.Select(queue => Task.Run(
                () => new LimitStore(redis.Value.GetDatabase(), new JobKeys(options.Value.KeyPrefix, queue.Key)).DeclareAsync(queue.Value, starting),
                cancellationToken))).WaitAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e.IsOutage(cancellationToken))
        {
            LogNotWritten(e.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The declared limits could not be written ({Problem}); trying again until Redis answers")]
    private partial void LogNotWritten(string problem);
}
