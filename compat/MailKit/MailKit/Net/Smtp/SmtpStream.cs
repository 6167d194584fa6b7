using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailKit.Net.Smtp;

/// <summary>Writes commands, reads replies, each within a time limit.</summary>
internal sealed class SmtpStream(Stream transport) : IDisposable
{
    /// <summary>A server that sends more than this without a line end does not speak SMTP (RFC 5321 allows 512).</summary>
    private const int MaxReplyLine = 64 * 1024;

    private readonly ArrayBufferWriter<byte> output = new(4 * 1024);
    private byte[] input = new byte[4 * 1024];
    private int start;
    private int end;
    private string? lastReply;

    /// <summary>The longest a read or a write may take, in milliseconds; -1: without limit.</summary>
    internal int Timeout { get; set; }

    internal Stream Transport { get; private set; } = transport;

    /// <summary>Goes on over another stream. What came in the clear is forgotten, so nobody can slip in replies before TLS.</summary>
    internal void Replace(Stream secured)
    {
        Transport = secured;
        start = end = 0;
    }

    internal void Queue(string command) => output.Write(Encoding.UTF8.GetBytes(command));

    internal void Queue(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        await LimitAsync(async token =>
        {
            await Transport.WriteAsync(output.WrittenMemory, token);
            await Transport.FlushAsync(token);
        }, cancellationToken);
        output.Clear();
    }

    internal async Task<SmtpResponse> CommandAsync(string command, CancellationToken cancellationToken)
    {
        Queue(command);
        await FlushAsync(cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    internal async Task<SmtpResponse> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var status = 0;
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new SmtpProtocolException("Unable to parse status code returned by the server.");
            }
            if (code < 100 || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new SmtpProtocolException("Invalid status code returned by the server.");
            }
            if (status != 0 && code != status)
            {
                throw new SmtpProtocolException("The status codes returned by the server did not match.");
            }
            status = code;
            text.Append(line, Math.Min(4, line.Length), Math.Max(0, line.Length - 4));
            if (line.Length == 3 || line[3] == ' ')
            {
                lastReply = text.ToString();
                return new SmtpResponse((SmtpStatusCode)status, lastReply);
            }
            text.Append('\n');
        }
    }

    public void Dispose() => Transport.Dispose();

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = input.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0)
        {
            await FillAsync(cancellationToken);
        }
        var line = Encoding.UTF8.GetString(input, start, length).TrimEnd('\r');
        start += length + 1;
        return line;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (end - start > MaxReplyLine)
        {
            throw new SmtpProtocolException("The server's reply line is too long.");
        }
        input.AsSpan(start, end - start).CopyTo(input);
        (start, end) = (0, end - start);
        if (end == input.Length)
        {
            Array.Resize(ref input, input.Length * 2);
        }
        var read = 0;
        await LimitAsync(async token => read = await Transport.ReadAsync(input.AsMemory(end), token), cancellationToken);
        if (read == 0)
        {
            throw new SmtpProtocolException(lastReply is null
                ? "The SMTP server has unexpectedly disconnected."
                : $"The SMTP server has unexpectedly disconnected: {lastReply}");
        }
        end += read;
    }

    private async Task LimitAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            await operation(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Operation timed out after {Timeout} milliseconds", e);
        }
    }
}
