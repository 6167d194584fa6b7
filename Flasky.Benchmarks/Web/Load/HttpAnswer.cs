using System.Buffers.Text;
using System.Text;

namespace Flasky.Benchmarks.Web.Load;

/// <summary>Finds the end of an HTTP/1.1 answer.</summary>
internal static class HttpAnswer
{
    /// <summary>The status of a whole answer. Null: more of it is to come.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public static int? Status(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = received[..(end + 2)];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new IOException($"This is no answer: {Encoding.ASCII.GetString(head[..head.IndexOf("\r\n"u8)])}");
        var body = received[(end + 4)..];
        if (Header(head, "\r\nTransfer-Encoding: "u8) is { Length: > 0 })
            return HasLastChunk(body) ? status : null;
        var length = Header(head, "\r\nContent-Length: "u8) is { Length: > 0 } text && Utf8Parser.TryParse(text, out int bytes, out _) ? bytes : 0;
        return body.Length >= length ? status : null;
    }

    // As Kestrel spells them.
    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) =>
        head.IndexOf(name) is >= 0 and var at ? head[(at + name.Length)..] : default;

    private static bool HasLastChunk(ReadOnlySpan<byte> body)
    {
        while (Utf8Parser.TryParse(body, out int size, out var digits, 'x') && body.Length >= digits + 2 + size + 2)
        {
            if (size == 0)
                return true;
            body = body[(digits + 2 + size + 2)..];
        }
        return false;
    }
}
