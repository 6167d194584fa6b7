using System.Net;
using System.Net.Sockets;
using System.Text;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

/// <summary>A client that says exactly what a test tells it to, byte by byte.</summary>
internal sealed class SmtpConversation : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> received = [];

    public int LocalPort => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Connects without reading the greeting.</summary>
    public static async Task<SmtpConversation> ConnectAsync(MailboxServer server)
    {
        var conversation = new SmtpConversation();
        await conversation.socket.ConnectAsync(IPAddress.Loopback, server.SmtpPort, Cancelled);
        return conversation;
    }

    /// <summary>Connects, reads the greeting and says EHLO.</summary>
    public static async Task<SmtpConversation> OpenAsync(MailboxServer server)
    {
        var conversation = await ConnectAsync(server);
        Assert.StartsWith("220 ", await conversation.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250", await conversation.SayAsync("EHLO test"), StringComparison.Ordinal);
        return conversation;
    }

    public async Task SendAsync(string raw) => await SendAsync(Encoding.UTF8.GetBytes(raw));

    public async Task SendAsync(ReadOnlyMemory<byte> raw)
    {
        while (!raw.IsEmpty) raw = raw[await socket.SendAsync(raw, Cancelled).AsTask().WaitAsync(Patience, Cancelled)..];
    }

    /// <summary>Sends a line and reads its reply.</summary>
    public async Task<string> SayAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReplyAsync();
    }

    /// <summary>Reads one reply; the lines of a long one are joined by line feeds.</summary>
    public async Task<string> ReplyAsync()
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await LineAsync());
        }
        while (lines[^1] is [_, _, _, '-', ..]);
        return string.Join('\n', lines);
    }

    /// <summary>Reads until the server closes.</summary>
    /// <returns>Whether the connection was reset, and what came before.</returns>
    public async Task<(bool Reset, string Text)> ReadToEndAsync()
    {
        try
        {
            while (await ReceiveAsync() > 0)
            {
            }
            return (false, Encoding.UTF8.GetString([.. received]));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return (true, Encoding.UTF8.GetString([.. received]));
        }
    }

    /// <summary>Reads what arrives at once.</summary>
    public async Task<string> ReceiveOnceAsync()
    {
        await ReceiveAsync();
        var text = Encoding.UTF8.GetString([.. received]);
        received.Clear();
        return text;
    }

    /// <summary>Hands in a message and returns the last reply.</summary>
    public async Task<string> MailAsync(string recipient, string content = "Subject: test\r\n\r\nHello\r\n", string sender = "sender@example.com")
    {
        foreach (var command in (string[])[$"MAIL FROM:<{sender}>", $"RCPT TO:<{recipient}>", "DATA"])
        {
            var reply = await SayAsync(command);
            if (reply[0] is not ('2' or '3')) return reply;
        }
        await SendAsync(content + ".\r\n");
        return await ReplyAsync();
    }

    public void Dispose() => socket.Dispose();

    private async Task<string> LineAsync()
    {
        int end;
        while ((end = received.IndexOf((byte)'\n')) < 0)
        {
            if (await ReceiveAsync() == 0) throw new IOException("The server has closed the connection.");
        }
        var line = Encoding.UTF8.GetString([.. received.Take(end)]);
        received.RemoveRange(0, end + 1);
        Assert.EndsWith("\r", line, StringComparison.Ordinal);
        return line[..^1];
    }

    private async Task<int> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var count = await socket.ReceiveAsync(buffer, Cancelled).AsTask().WaitAsync(Patience, Cancelled);
        received.AddRange(buffer.AsSpan(0, count));
        return count;
    }
}
