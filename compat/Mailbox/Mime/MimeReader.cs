using System.Globalization;
using System.Text;

namespace Flasky.Mailbox.Mime;

/// <summary>Takes a message apart (RFC 2045, 2046), bounded in depth and parts.</summary>
internal sealed class MimeReader
{
    private const int MaxDepth = 20;
    private const int MaxParts = 1000;
    private int parts;

    public static MimePart Read(ReadOnlyMemory<byte> source) => new MimeReader().Read(source, "0", depth: 0);

    private MimePart Read(ReadOnlyMemory<byte> entity, string id, int depth)
    {
        parts++;
        var (headers, bodyStart) = HeaderReader.Read(entity.Span);
        var part = new MimePart(id, headers, entity[bodyStart..]);
        if (part.Boundary is not { Length: > 0 } boundary || depth >= MaxDepth) return part;
        var number = 0;
        foreach (var child in Split(part.Body, Encoding.UTF8.GetBytes("--" + boundary)))
        {
            if (parts >= MaxParts) break;
            number++;
            var childId = (depth == 0 ? "" : id + ".") + number.ToString(CultureInfo.InvariantCulture);
            part.Children.Add(Read(child, childId, depth + 1));
        }
        return part;
    }

    // The line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, byte[] boundary)
    {
        var children = new List<ReadOnlyMemory<byte>>();
        var span = body.Span;
        var start = -1;
        var position = 0;
        while (position < span.Length)
        {
            var line = span[position..].Line(out var next);
            if (line.StartsWith(boundary))
            {
                var rest = line[boundary.Length..].TrimEnd(" \t"u8);
                var closes = rest.SequenceEqual("--"u8);
                if (closes || rest.IsEmpty)
                {
                    if (start >= 0) children.Add(body[start..WithoutLineEnd(span, start, position)]);
                    start = closes ? -1 : position + next;
                    if (closes) return children;
                }
            }
            position += next;
        }
        if (start >= 0) children.Add(body[start..]); // the closing boundary is missing
        return children;
    }

    private static int WithoutLineEnd(ReadOnlySpan<byte> span, int start, int end)
    {
        if (end > start && span[end - 1] == '\n') end--;
        if (end > start && span[end - 1] == '\r') end--;
        return end;
    }
}
