using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>A job that came with the message on a worker's bell, as deliver.lua writes it: <c>job time priority entry #job #args jobargshistory</c>.</summary>
/// <param name="Job">What was handed out.</param>
/// <param name="At">When, by Redis's clock: the message may have been long on its way.</param>
internal readonly record struct DeliveredJob(ClaimedJob Job, DateTimeOffset At)
{
    /// <returns>Null if the message brings no job.</returns>
    public static DeliveredJob? Read(RedisValue message, string queue)
    {
        var bytes = ((ReadOnlyMemory<byte>)message).Span;
        if (!bytes.StartsWith("job "u8))
            return null;
        bytes = bytes["job ".Length..];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Number(Word(ref bytes)));
        var priority = (JobPriority)Number(Word(ref bytes));
        var entry = Encoding.UTF8.GetString(Word(ref bytes));
        var (job, arguments) = ((int)Number(Word(ref bytes)), (int)Number(Word(ref bytes)));
        var claimed = new ClaimedJob
        {
            EntryId = entry,
            Queue = queue,
            Priority = priority,
            Delivery = 1,
            Job = Encoding.UTF8.GetString(bytes[..job]),
            Arguments = bytes.Slice(job, arguments).ToArray(),
            History = Encoding.UTF8.GetString(bytes[(job + arguments)..]),
        };
        return new DeliveredJob(claimed, at);
    }

    /// <summary>Up to the next blank, which is taken off too.</summary>
    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)' ');
        var word = bytes[..end];
        bytes = bytes[(end + 1)..];
        return word;
    }

    private static long Number(ReadOnlySpan<byte> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
