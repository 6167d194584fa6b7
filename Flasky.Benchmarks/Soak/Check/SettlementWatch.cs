using System.Net.Sockets;
using System.Text;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>
/// Reads along what Redis executes (MONITOR) and hands it to a <see cref="SettlementJudge"/>: who settles what is the server's
/// word, not the worker's.
/// </summary>
internal sealed class SettlementWatch(int port)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SettlementJudge judge = new();

    public int Settlements => judge.Settlements;

    public IReadOnlyCollection<string> Foreign => judge.Foreign;

    /// <summary>Watches until <paramref name="end"/>, over every connection that Redis lets it have.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            // What happened in between was not seen.
            judge.Forget();
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, end);
                var stream = client.GetStream();
                await stream.WriteAsync("MONITOR\r\n"u8.ToArray(), end);
                using var reader = new StreamReader(stream, Encoding.Latin1, false, 1 << 16);
                while (await reader.ReadLineAsync(end) is { } line)
                    judge.Hear(line);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Redis is away: that is what this is for.
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
