using System.Buffers.Binary;
using System.Text;

namespace Flasky.Jobs.Redis;

/// <summary>
/// A job that waits for its time, as it is kept in Redis: what <c>pack_scheduled</c> in lib/jobs.lua packs, five MessagePack values
/// one behind the other. Packed here, it costs Redis, which has one thread for all, half as much.
/// </summary>
internal static class PackedJob
{
    private const byte EmptyText = 0xa0;
    private const byte Text8 = 0xd9;
    private const byte Text16 = 0xda;
    private const byte Text32 = 0xdb;

    /// <summary>The most bytes that say how long a text is.</summary>
    private const int LongestHead = 5;

    /// <summary>Of a job that has not run and is not tracked.</summary>
    public static ReadOnlyMemory<byte> Pack(string job, string arguments, JobPriority priority)
    {
        var (jobBytes, argumentBytes) = (Encoding.UTF8.GetByteCount(job), Encoding.UTF8.GetByteCount(arguments));
        var packed = new byte[(2 * LongestHead) + jobBytes + argumentBytes + 3];
        var end = Write(packed, 0, job, jobBytes);
        end = Write(packed, end, arguments, argumentBytes);
        packed[end++] = (byte)priority;
        packed[end++] = EmptyText; // No history.
        packed[end++] = 0; // Its notes are kept for no time.
        return packed.AsMemory(0, end);
    }

    private static int Write(byte[] packed, int at, string text, int bytes)
    {
        var head = packed.AsSpan(at);
        switch (bytes)
        {
            case < 32:
                head[0] = (byte)(EmptyText | bytes);
                at += 1;
                break;
            case <= byte.MaxValue:
                head[0] = Text8;
                head[1] = (byte)bytes;
                at += 2;
                break;
            case <= ushort.MaxValue:
                head[0] = Text16;
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)bytes);
                at += 3;
                break;
            default:
                head[0] = Text32;
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)bytes);
                at += LongestHead;
                break;
        }
        return at + Encoding.UTF8.GetBytes(text, packed.AsSpan(at));
    }
}
