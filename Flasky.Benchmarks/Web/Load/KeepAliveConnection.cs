using System.Net.Sockets;

namespace Flasky.Benchmarks.Web.Load;

/// <summary>
/// One connection that asks and waits, again and again: the bytes of a request out, those of the answer in, and nothing made of them, so that
/// the client takes as little as it can of the processors that it shares with what it measures.
/// </summary>
internal sealed class KeepAliveConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];

    public static async Task<KeepAliveConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new KeepAliveConnection();
        try
        {
            await connection.socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="IOException">The server closed the connection, or answered something that is no HTTP/1.1.</exception>
    public async ValueTask<int> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, cancellationToken);
        for (var length = 0; ;)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * length);
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                throw new IOException("The server closed the connection amid an answer.");
            length += read;
            if (HttpAnswer.Status(buffer.AsSpan(0, length)) is { } status)
                return status;
        }
    }

    public void Dispose() => socket.Dispose();
}
