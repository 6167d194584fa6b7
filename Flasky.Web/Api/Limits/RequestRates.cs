using Flasky.Data.Limits;
using Flasky.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Web.Api.Limits;

/// <summary>What became of a request that was to be counted.</summary>
/// <param name="IsAllowed">Whether it may go on; else it was not counted.</param>
/// <param name="Left">How many more there may be at once.</param>
/// <param name="Reset">How long until all of them are there again.</param>
/// <param name="Wait">How long until the next one may come. Zero: it may come now.</param>
internal readonly record struct TakenRequest(bool IsAllowed, long Left, TimeSpan Reset, TimeSpan Wait);

/// <summary>
/// Counts requests in Redis, so that limits hold across all replicas. Not in the database, as the tries of passwords are: reading
/// a page would be a write there. While Redis is away each replica counts for itself; a request never waits for it long, and never
/// fails because of it. A singleton; safe for concurrent use.
/// </summary>
internal sealed partial class RequestRates(
    Lazy<IConnectionMultiplexer> redis, IOptions<RequestLimitOptions> options, IOptions<FlaskyJobsOptions> jobs, TimeProvider time, ILogger<RequestRates> logger)
{
    // So that an outage costs one request a second its patience, not every one.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly string Script = ReadScript();

    private readonly LocalRates local = new(time);
    private long askAgainAt = long.MinValue;
    private int isAway;

    /// <summary>Counts one request, unless the limit is reached.</summary>
    /// <param name="limit">How many there may be.</param>
    /// <param name="bucket">What is counted, and whose requests these are.</param>
    public async Task<TakenRequest> TakeAsync(AttemptLimit limit, string bucket, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() < Volatile.Read(ref askAgainAt))
        {
            return local.Take(limit, bucket);
        }
        try
        {
            var taken = await AskAsync(limit, bucket).WaitAsync(options.Value.Patience, time, cancellationToken);
            if (Interlocked.Exchange(ref isAway, 0) == 1)
            {
                LogBack(logger);
            }
            return taken;
        }
        catch (Exception e) when (e is RedisException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Volatile.Write(ref askAgainAt, time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency));
            if (Interlocked.Exchange(ref isAway, 1) == 0)
            {
                LogAway(logger, e);
            }
            return local.Take(limit, bucket);
        }
    }

    private async Task<TakenRequest> AskAsync(AttemptLimit limit, string bucket)
    {
        // The first use connects, which blocks.
        var connection = redis.IsValueCreated ? redis.Value : await Task.Run(() => redis.Value);
        if (!connection.IsConnected)
        {
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "Redis is not connected.");
        }
        var answer = (long[])(await connection.GetDatabase().ScriptEvaluateAsync(
            Script, [$"{jobs.Value.KeyPrefix}-api:{bucket}"], [limit.Every.TotalMilliseconds, limit.Burst], CommandFlags.DemandMaster))!;
        return new TakenRequest(answer[0] == 1, answer[1], TimeSpan.FromMilliseconds(answer[2]), TimeSpan.FromMilliseconds(answer[3]));
    }

    private static string ReadScript()
    {
        using var stream = typeof(RequestRates).Assembly.GetManifestResourceStream("take.lua") ?? throw new InvalidOperationException("take.lua is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away: the limits of the API hold for each replica alone until it is back")]
    private static partial void LogAway(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Redis is back: the limits of the API hold across the replicas again")]
    private static partial void LogBack(ILogger logger);
}
