using System.Buffers;
using System.Text;

namespace MimeKit;

/// <summary>Collects a message's bytes, giving every line the same end whatever end it came with.</summary>
internal sealed class MimeWriter(NewLineFormat newLine)
{
    private readonly ArrayBufferWriter<byte> output = new(initialCapacity: 8 * 1024);
    private readonly byte[] lineEnd = newLine == NewLineFormat.Dos ? "\r\n"u8.ToArray() : "\n"u8.ToArray();

    internal void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            output.Write(end > 0 && bytes[end - 1] == '\r' ? bytes[..(end - 1)] : bytes[..end]);
            output.Write(lineEnd);
            bytes = bytes[(end + 1)..];
        }
        output.Write(bytes);
    }

    internal void Headers(IEnumerable<Header> headers)
    {
        foreach (var header in headers)
        {
            Text($"{header.Field}:{header.Encoded}\n");
        }
    }

    /// <summary>The bytes; a last line without an end gets one.</summary>
    internal ReadOnlyMemory<byte> Finish()
    {
        if (output.WrittenCount > 0 && output.WrittenSpan[^1] != '\n')
        {
            output.Write(lineEnd);
        }
        return output.WrittenMemory;
    }
}
