using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Flasky.Mailbox.Smtp;

/// <summary>
/// A connection as lines and replies. Replies gather until the client's input is used up, so pipelined commands are
/// answered in one write. One session uses it; <see cref="Wake"/> and <see cref="WaitingSince"/> are for other threads.
/// </summary>
internal sealed class SmtpChannel(IDuplexPipe transport, TimeProvider time)
{
    // RFC 4954, 4: an AUTH line may have 12288 octets; no other command comes near.
    private const int MaxLineBytes = 12288;

    // A client that sends without a pause and does not read must not fill the memory with replies.
    private const int MaxGatheredBytes = 16 * 1024;

    private long waitingSince;

    /// <summary>The time stamp since which the session waits for its client; 0 while it does not.</summary>
    public long WaitingSince => Volatile.Read(ref waitingSince);

    /// <summary>Ends a wait for the client: the read or flush under way returns as if the client had gone.</summary>
    public void Wake()
    {
        transport.Input.CancelPendingRead();
        transport.Output.CancelPendingFlush();
    }

    public void Write(string reply)
    {
        var output = transport.Output;
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(reply.Length) + 2);
        var length = Encoding.UTF8.GetBytes(reply, span);
        span[length] = (byte)'\r';
        span[length + 1] = (byte)'\n';
        output.Advance(length + 2);
    }

    /// <summary>The next line, without its end; a problem instead of a line that must not be obeyed; null: no more.</summary>
    public async ValueTask<SmtpLine?> ReadLineAsync()
    {
        var tooLong = false;
        while (true)
        {
            var read = await ReadAsync();
            if (read.IsCanceled) return null;
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                var line = buffer.Slice(0, lineFeed);
                var result = tooLong || line.Length > MaxLineBytes ? new SmtpLine("", SmtpReplies.LineTooLong) : SmtpLine.Decode(line);
                transport.Input.AdvanceTo(buffer.GetPosition(1, lineFeed));
                return result;
            }
            if (buffer.Length > MaxLineBytes)
            {
                tooLong = true;
                transport.Input.AdvanceTo(buffer.End);
            }
            else
            {
                transport.Input.AdvanceTo(buffer.Start, buffer.End);
            }
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Waits until content has begun to arrive.</summary>
    /// <returns>Whether there is any; false: the client is gone or waited for too long.</returns>
    public async ValueTask<bool> WaitForContentAsync()
    {
        var read = await ReadAsync();
        transport.Input.AdvanceTo(read.Buffer.Start);
        return !read.IsCanceled && !read.Buffer.IsEmpty;
    }

    /// <summary>Reads content up to and with its end.</summary>
    /// <returns>Whether the end has come; false: the client is gone or waited for too long.</returns>
    public async ValueTask<bool> ReadContentAsync(ContentBuffer content)
    {
        var scanner = new ContentScanner();
        while (true)
        {
            var read = await ReadAsync();
            if (read.IsCanceled) return false;
            var consumed = read.Buffer.Start;
            var ended = false;
            foreach (var segment in read.Buffer)
            {
                ended = scanner.Scan(segment.Span, content, out var count);
                consumed = read.Buffer.GetPosition(count, consumed);
                if (ended) break;
            }
            transport.Input.AdvanceTo(consumed);
            if (ended) return true;
            if (read.IsCompleted) return false;
        }
    }

    /// <summary>Sends the replies that are due.</summary>
    public async ValueTask FlushAsync()
    {
        if (transport.Output.UnflushedBytes == 0) return;
        Volatile.Write(ref waitingSince, time.GetTimestamp());
        await transport.Output.FlushAsync();
        Volatile.Write(ref waitingSince, 0);
    }

    private async ValueTask<ReadResult> ReadAsync()
    {
        if (transport.Output.UnflushedBytes > MaxGatheredBytes) await FlushAsync();
        if (transport.Input.TryRead(out var read)) return read;
        await FlushAsync();
        Volatile.Write(ref waitingSince, time.GetTimestamp());
        read = await transport.Input.ReadAsync();
        Volatile.Write(ref waitingSince, 0);
        return read;
    }
}
