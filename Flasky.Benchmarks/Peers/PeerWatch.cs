using System.Diagnostics;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Peers;

/// <summary>Sees in Redis how far a peer is.</summary>
internal sealed class PeerWatch(IDatabase redis, PeerProgram program)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until no more jobs than that wait or run.</summary>
    /// <returns>How many did.</returns>
    public Task<long> UnsettledAsync(long atMost, CancellationToken cancellationToken) =>
        UntilAsync(
            async () =>
            {
                // In the order of a job's way, so that one that moves meanwhile is counted twice rather than never.
                var counts = await Task.WhenAll(program.Unsettled.Select(list => redis.ExecuteAsync(list.Command, list.Key)));
                return counts.Sum(count => (long)count);
            },
            count => count <= atMost, cancellationToken);

    /// <summary>Waits until a list has grown to that.</summary>
    public Task LengthAsync(string list, long length, CancellationToken cancellationToken) =>
        UntilAsync(() => redis.ListLengthAsync(list), count => count >= length, cancellationToken);

    private async Task<long> UntilAsync(Func<Task<long>> count, Func<long, bool> isReached, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await count();
            if (isReached(value))
                return value;
            if (Stopwatch.GetElapsedTime(started) > PeerProcess.Limit)
                throw new PeerFailedException($"{program.Title}'s workers were not done in {PeerProcess.Limit.TotalSeconds} s: {value} jobs.");
            await Task.Delay(Poll, cancellationToken);
        }
    }
}
