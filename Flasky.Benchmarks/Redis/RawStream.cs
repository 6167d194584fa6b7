using StackExchange.Redis;

namespace Flasky.Benchmarks.Redis;

/// <summary>
/// The least that a durable job needs, over the same client that Flasky.Jobs uses: a plain XADD to enqueue it, its share of
/// XREADGROUP, XACK and XDEL in batches of 100 to take it out again.
/// </summary>
internal sealed class RawStream(IDatabase redis, string payload)
{
    private const int Batch = 100;
    private const int Pipelined = 1000;

    private static readonly RedisKey Key = "raw";

    public async Task AddOneByOneAsync(int jobs)
    {
        for (var i = 0; i < jobs; i++)
            await AddAsync();
    }

    public async Task AddPipelinedAsync(int jobs)
    {
        var sent = new List<Task>(Pipelined);
        for (var i = 0; i < jobs; i++)
        {
            sent.Add(AddAsync());
            if (sent.Count == Pipelined || i == jobs - 1)
            {
                await Task.WhenAll(sent);
                sent.Clear();
            }
        }
    }

    public Task CreateGroupAsync() => redis.ExecuteAsync("XGROUP", "CREATE", Key, "workers", "0", "MKSTREAM");

    /// <summary>Reads and settles until nothing is left; the next read goes out with the last settlement.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DrainAsync()
    {
        var count = 0;
        Task settled = Task.CompletedTask;
        while (await ReadAsync() is { Length: > 0 } ids)
        {
            await settled;
            count += ids.Length;
            settled = Task.WhenAll(
                redis.ExecuteAsync("XACK", [Key, (RedisValue)"workers", .. ids]),
                redis.ExecuteAsync("XDEL", [Key, .. ids]));
        }
        await settled;
        return count;
    }

    private Task<RedisResult> AddAsync() => redis.ExecuteAsync("XADD", Key, "*", "job", "0199c1d23e4f7a6b8c9d0e1f2a3b4c5d benchmark 0 1735689600000 ", "args", payload);

    private async Task<object[]> ReadAsync()
    {
        var reply = await redis.ExecuteAsync("XREADGROUP", "GROUP", "workers", "raw", "COUNT", Batch, "STREAMS", Key, ">");
        if (reply.IsNull)
            return [];
        var entries = (RedisResult[])((RedisResult[])((RedisResult[])reply!)[0]!)[1]!;
        return Array.ConvertAll(entries, entry => (object)(RedisValue)((RedisResult[])entry!)[0]);
    }
}
