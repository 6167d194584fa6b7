using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>A job that came with the message on a worker's bell, as deliver.lua writes it: <c>job priority entry #job #args jobargshistory</c>.</summary>
internal static class DeliveredJob
{
    /// <returns>Null if the message brings no job.</returns>
    public static ClaimedJob? Read(RedisValue message, string queue)
    {
        var bytes = ((ReadOnlyMemory<byte>)message).Span;
        if (!bytes.StartsWith("job "u8))
            return null;
        bytes = bytes["job ".Length..];
        var priority = (JobPriority)Number(Word(ref bytes));
        var entry = Encoding.UTF8.GetString(Word(ref bytes));
        var (job, arguments) = (Number(Word(ref bytes)), Number(Word(ref bytes)));
        return new ClaimedJob
        {
            EntryId = entry,
            Queue = queue,
            Priority = priority,
            Delivery = 1,
            Job = Encoding.UTF8.GetString(bytes[..job]),
            Arguments = bytes.Slice(job, arguments).ToArray(),
            History = Encoding.UTF8.GetString(bytes[(job + arguments)..]),
        };
    }

    /// <summary>Up to the next blank, which is taken off too.</summary>
    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)' ');
        var word = bytes[..end];
        bytes = bytes[(end + 1)..];
        return word;
    }

    private static int Number(ReadOnlySpan<byte> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
