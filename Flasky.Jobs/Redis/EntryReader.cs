using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>Reads the jobs of one queue out of Redis's replies. Thread-safe.</summary>
internal sealed class EntryReader(string queue)
{
    /// <summary>Reads {{priority, entries}, ...}.</summary>
    public ClaimedJob[] Read(RedisResult result)
    {
        var groups = (RedisResult[])result!;
        return groups switch
        {
            [] => [],
            [var only] => ReadPriority((RedisResult[])only!),
            _ => [.. groups.SelectMany(group => ReadPriority((RedisResult[])group!))],
        };
    }

    private ClaimedJob[] ReadPriority(RedisResult[] group) => Read((JobPriority)(int)group[0], group[1]);

    public ClaimedJob[] Read(JobPriority priority, RedisResult entries) =>
        Array.ConvertAll((RedisResult[])entries!, entry => ReadEntry(priority, entry));

    /// <summary>Reads {entry id, {"job", job, "args", args, ["history", history]}} and, where it is not the first, the delivery.</summary>
    private ClaimedJob ReadEntry(JobPriority priority, RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        var fields = (RedisResult[])parts[1]!;
        return new ClaimedJob
        {
            EntryId = (string)parts[0]!,
            Queue = queue,
            Priority = priority,
            Delivery = parts.Length > 2 ? (int)parts[2] : 1,
            Job = (string)fields[1]!,
            Arguments = (byte[])fields[3]!,
            History = fields.Length > 5 ? (string)fields[5]! : "",
        };
    }
}
