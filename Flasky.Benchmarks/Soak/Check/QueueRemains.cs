using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Flasky.Benchmarks.Worker;
using Flasky.Jobs;
using Flasky.Jobs.Redis;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>What is in Redis when the work is over.</summary>
/// <param name="Dead">The jobs that will not run again, with the reason.</param>
/// <param name="Leftovers">What should not be there, for people.</param>
internal sealed partial record QueueRemains(IReadOnlyDictionary<int, string> Dead, IReadOnlyList<string> Leftovers)
{
    private static readonly JobKeys Keys = new(BenchmarkHost.KeyPrefix, "default");

    private static readonly DirectoryKeys Directory = new(BenchmarkHost.KeyPrefix);

    private static readonly RedisKey[] Streams = [.. Enum.GetValues<JobPriority>().Select(Keys.Ready), Keys.ReadyLanes];

    /// <summary>Jobs that are still on their way.</summary>
    public static async Task<long> WaitingAsync(IDatabase redis) =>
        (await Task.WhenAll(Streams.Select(stream => redis.ExecuteAsync("XLEN", stream)))).Sum(length => (long)length) + await redis.SortedSetLengthAsync(Keys.Scheduled);

    public static async Task<QueueRemains> ReadAsync(IDatabase redis)
    {
        var leftovers = new List<string>();
        foreach (var key in (RedisKey[])(await redis.ExecuteAsync("KEYS", "*"))!)
        {
            if (await DescribeAsync(redis, key) is { } leftover)
                leftovers.Add(leftover);
        }
        return new QueueRemains(await DeadAsync(redis), leftovers);
    }

    /// <returns>Null for what may stay: the empty streams, dead jobs, notes with a time to live, bells, and the names of queues.</returns>
    private static async Task<string?> DescribeAsync(IDatabase redis, RedisKey key)
    {
        if (Streams.Contains(key))
            return await DescribeStreamAsync(redis, key);
        // A worker that was killed while idle leaves its bell until somebody rings it: as many as workers, at the most.
        if (key == Keys.Dead || key == Keys.DeadJobs || key == Keys.Idle || key == Directory.Queues)
            return null;
        return await redis.KeyTimeToLiveAsync(key) is null ? $"{key} has no time to live" : null;
    }

    private static async Task<string?> DescribeStreamAsync(IDatabase redis, RedisKey key)
    {
        var length = (long)await redis.ExecuteAsync("XLEN", key);
        var groups = (RedisResult[])(await redis.ExecuteAsync("XINFO", "GROUPS", key))!;
        var pending = groups.Sum(group => (long)Field((RedisResult[])group!, "pending"));
        return length + pending > 0 ? $"{key} holds {length} jobs, of which {pending} are handed out" : null;
    }

    private static RedisResult Field(RedisResult[] fields, string name) => fields[Array.FindIndex(fields, field => (string)field! == name) + 1];

    private static async Task<IReadOnlyDictionary<int, string>> DeadAsync(IDatabase redis)
    {
        var dead = new Dictionary<int, string>();
        foreach (var id in await redis.SortedSetRangeByRankAsync(Keys.Dead))
        {
            // Packed by the queue's script: the arguments' JSON and the reason stand in it as they are.
            var packed = Encoding.UTF8.GetString((byte[]?)await redis.HashGetAsync(Keys.DeadJobs, id) ?? []);
            dead.Add(
                Number().Match(packed) is { Success: true } match ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : -dead.Count - 1,
                Reason().Match(packed).Value is { Length: > 0 } reason ? reason : $"unreadable: {id}");
        }
        return dead;
    }

    [GeneratedRegex(@"""number"":(?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"Handed out \d+ times|Discarded: |Attempt \d+ of \d+ failed", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reason();
}
